import { writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { Command } from "commander";
import { renderPretty } from "../../diagnostics/pretty.ts";
import { visible } from "../../diagnostics/visible-text.ts";
import type { CommandFactory } from "../command.ts";
import { EXIT, UsageError } from "../exit.ts";
import { formatOption } from "../format.ts";
import { diffLines } from "../line-diff.ts";
import { findRoot, readProjectFiles } from "../project-files.ts";

/** Lines of difference shown per file. */
const MOST_LINES = 12;

/** The house form of YAML. */
export const fmtCommand: CommandFactory = (terminal, finish) =>
  new Command("fmt")
    .description("write the YAML in house form: one key per line; comments and meaning stay")
    .argument("[paths...]", "files or folders; without any, all of experiments/")
    .option("--check", "write nothing; fail when a file is not in house form")
    .addOption(formatOption("pretty", "json"))
    .action(
      async (paths: string[], { cwd, check, format }: { cwd: string; check?: boolean; format: string }) => {
        const root = findRoot(cwd);
        const { formatYaml } = await import("../../compile.ts");
        const sources = select(readProjectFiles(root), root, resolve(cwd), paths);
        const files = sources.map(formatYaml);
        const unread = files.filter(({ after }) => after === null);
        const changed = files.flatMap((file) =>
          file.after === null || file.after === file.before ? [] : [{ ...file, after: file.after }],
        );
        if (!check) for (const { file, after } of changed) writeFileSync(join(root, file), after);
        if (unread.length > 0) {
          const diagnostics = unread.flatMap((file) => file.diagnostics);
          const texts = new Map(unread.map(({ file, before }) => [file, before]));
          terminal.log(renderPretty(diagnostics, texts, { color: terminal.color }));
        }
        if (format === "json") {
          const names = (list: readonly { readonly file: string }[]) => list.map(({ file }) => file);
          const result = {
            check: Boolean(check),
            files: files.length,
            changed: names(changed),
            unread: names(unread),
          };
          terminal.print(JSON.stringify({ formatVersion: 1, ...result }, null, 2));
        } else if (check) {
          for (const { file, before, after } of changed) terminal.print(describe(file, before, after));
        }
        if (check && changed.length > 0)
          terminal.log(
            `run \`fairtrial fmt${paths.length > 0 ? ` ${paths.join(" ")}` : ""}\` to mend ${count(changed.length)}`,
          );
        else if (format === "pretty" && unread.length === 0)
          terminal.print(
            changed.length > 0
              ? `✓ ${count(changed.length)} of ${files.length} written in house form`
              : `✓ ${count(files.length)} in house form`,
          );
        finish(unread.length > 0 || (check && changed.length > 0) ? EXIT.findings : EXIT.done);
      },
    );

/** The YAML files among those of the project that the paths name; all where none is given. */
function select<F extends { readonly path: string }>(
  files: readonly F[],
  root: string,
  cwd: string,
  paths: readonly string[],
): readonly F[] {
  const yaml = files.filter(({ path }) => /\.ya?ml$/.test(path));
  if (paths.length === 0) return yaml;
  const wanted = paths.map((path) => {
    const name = relative(root, resolve(cwd, path)).split(sep).join("/");
    const found = yaml.filter(
      (file) => name === "" || file.path === name || file.path.startsWith(`${name}/`),
    );
    if (found.length === 0)
      throw new UsageError(`${path} names no YAML file of ${join(root, "experiments")}`);
    return found;
  });
  return yaml.filter((file) => wanted.some((found) => found.includes(file)));
}

function describe(file: string, before: string, after: string): string {
  const lines = diffLines(before, after);
  const shown = lines.slice(0, MOST_LINES).map(({ side, line, text }) => {
    return `  ${String(line).padStart(4)} ${side} ${visible(text)}`;
  });
  const rest = lines.length - shown.length;
  return [
    `${visible(file)} is not in house form`,
    ...shown,
    ...(rest > 0 ? [`       … ${rest} more lines`] : []),
  ].join("\n");
}

function count(files: number): string {
  return files === 1 ? "1 file" : `${files} files`;
}
