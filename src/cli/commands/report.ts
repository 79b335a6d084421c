import { createHash } from "node:crypto";
import { join, relative, resolve } from "node:path";
import { Command } from "commander";
import type { Analysis } from "../../analyze.ts";
import { renderPretty } from "../../diagnostics/pretty.ts";
import { analyzeProject, WHOLE_TRIAL } from "../analyze-project.ts";
import type { CommandFactory } from "../command.ts";
import { EXIT, UsageError } from "../exit.ts";
import { formatOption } from "../format.ts";
import { loadProject } from "../load-project.ts";
import { packageVersion } from "../package.ts";
import { foreignFiles, listFolder, writeFolder } from "../write-folder.ts";

/** A static site of all experiments. */
export const reportCommand: CommandFactory = (terminal, finish) =>
  new Command("report")
    .description("write a static site: an index and a page per experiment")
    .option("--out <folder>", "where to write it", "site")
    .addOption(formatOption("pretty", "json"))
    .action(async ({ cwd, out, format }: { cwd: string; out: string; format: string }) => {
      const loaded = await loadProject(cwd, terminal);
      if (!loaded) return finish(EXIT.findings);
      const { project, plan } = loaded;
      const folder = resolve(cwd, out);
      const [foreign] = foreignFiles(folder, listFolder(folder), "Made by Fairtrial");
      if (foreign !== undefined)
        throw new UsageError(`${out} holds ${foreign}, which no report wrote; name another folder`);
      const { analyses, told, failed } = await analyzeProject(loaded, WHOLE_TRIAL, terminal);
      const { renderSite } = await import("../../report.ts");
      const problem =
        told.length > 0
          ? told.flatMap(({ diagnostics, texts }) =>
              renderPretty(diagnostics, texts, { color: false }).split("\n"),
            )
          : null;
      const outcomes = new Map<string, Analysis | { readonly problem: readonly string[] }>();
      for (const { key } of project.experiments.filter(({ status }) => status !== "draft")) {
        const outcome = analyses.find((analysis) => analysis.experiment === key) ?? (problem && { problem });
        if (outcome) outcomes.set(key, outcome);
      }
      const files = renderSite({
        project,
        plan,
        analyses: outcomes,
        toolVersion: packageVersion(),
        digest,
      });
      writeFolder(folder, files);
      const index = join(relative(process.cwd(), folder) || ".", "index.html");
      if (format === "json")
        terminal.print(
          JSON.stringify({ formatVersion: 1, folder, files: files.map(({ path }) => path) }, null, 2),
        );
      else terminal.print(`✓ ${files.length} pages of ${project.name}; open ${index}`);
      finish(failed ? EXIT.findings : EXIT.done);
    });

function digest(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64");
}
