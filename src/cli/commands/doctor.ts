import { Command } from "commander";
import { describeDiagnostics } from "../../diagnostics/json.ts";
import type { SourceReport } from "../../doctor.ts";
import { withShortPath } from "../analyze-project.ts";
import type { CommandFactory } from "../command.ts";
import { displayPath, findDataFiles } from "../data.ts";
import { EXIT } from "../exit.ts";
import { formatOption } from "../format.ts";
import { hasErrors, loadProject, tell } from "../load-project.ts";
import { unknownKey } from "../unknown-key.ts";
import { withEngine } from "../with-engine.ts";

/** Whether the sources can be read as the project needs them, before anything is analysed. */
export const doctorCommand: CommandFactory = (terminal, finish) =>
  new Command("doctor")
    .description("whether the data can be read as the project needs them, and what is missing")
    .argument("[source...]", "keys of sources in project.yaml; default: all")
    .addOption(formatOption("pretty", "json", "markdown"))
    .action(async (keys: readonly string[], { cwd, format }: { cwd: string; format: string }) => {
      const loaded = await loadProject(cwd, terminal);
      if (!loaded) return finish(EXIT.findings);
      const { root, project, compilation } = loaded;
      const { examineSources, sourceKeys } = await import("../../doctor.ts");
      const known = sourceKeys(project);
      const unknown = keys.find((key) => !known.includes(key));
      if (unknown !== undefined) throw unknownKey("source", unknown, known);
      const files = await findDataFiles(root, project);
      const result = await withEngine(loaded, files, terminal, (open) =>
        examineSources({ project, keys, files, ...open }),
      );
      const found = compilation.locate(result.diagnostics.map((each) => withShortPath(each, root)));
      const sources = result.sources.map(
        (source): SourceReport => ({
          ...source,
          files: source.files.map((path) => displayPath(root, path)),
        }),
      );
      if (format === "json") {
        const diagnostics = describeDiagnostics(found, compilation.texts);
        terminal.print(JSON.stringify({ formatVersion: 1, sources, diagnostics }, null, 2));
      } else {
        const { renderSources, renderSourcesMarkdown } = await import("../../report.ts");
        if (sources.length > 0)
          terminal.print(
            format === "markdown" ? renderSourcesMarkdown(sources) : renderSources(sources, terminal.color),
          );
        if (found.length > 0) tell(found, compilation, terminal);
      }
      finish(hasErrors(found) || sources.some(({ usable }) => !usable) ? EXIT.findings : EXIT.done);
    });
