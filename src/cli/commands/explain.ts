import { Argument, Command } from "commander";
import { type Code, catalog } from "../../diagnostics/catalog.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { visible } from "../../diagnostics/visible-text.ts";
import type { CommandFactory } from "../command.ts";
import { EXIT, UsageError } from "../exit.ts";
import { formatOption } from "../format.ts";

/** The page of a diagnostic, from this package alone. */
export const explainCommand: CommandFactory = (terminal, finish) =>
  new Command("explain")
    .description("what a code means, why it matters, and what gives it; without a code, all of them")
    .addArgument(new Argument("[code]", "as it stands in brackets behind the severity: layer/overlap"))
    .addOption(formatOption("pretty", "json", "markdown"))
    .action(async (word: string | undefined, { format }: { format: string }) => {
      const codes = (Object.keys(catalog) as Code[]).sort();
      if (word === undefined) {
        const width = Math.max(...codes.map((code) => code.length));
        const list = codes.map((code) => ({ code, ...pick(catalog[code]) }));
        if (format === "json") terminal.print(JSON.stringify({ formatVersion: 1, codes: list }, null, 2));
        else if (format === "markdown") {
          const { explanationIndex } = await import("../../diagnostics/explanation-index.ts");
          terminal.print(explanationIndex());
        } else terminal.print(list.map(({ code, title }) => `${code.padEnd(width)}  ${title}`).join("\n"));
        return finish(EXIT.done);
      }
      const code = codes.find((each) => each === word);
      if (code === undefined) {
        throw new UsageError(`there is no code ${visible(word)}; ${others(word, codes)}`);
      }
      if (format === "json") {
        const { explanations } = await import("../../diagnostics/explanations.ts");
        const { withoutMarks } = await import("../../diagnostics/explanation.ts");
        const page = { formatVersion: 1, code, ...pick(catalog[code]), ...explanations[code] };
        terminal.print(withoutMarks(JSON.stringify(page, null, 2)));
      } else if (format === "markdown") {
        const { explanationPage } = await import("../../diagnostics/explanation-page.ts");
        terminal.print(explanationPage(code));
      } else {
        const { explanationText } = await import("../../diagnostics/explanation-text.ts");
        terminal.print(explanationText(code, terminal));
      }
      finish(EXIT.done);
    });

function pick({ severity, title }: { readonly severity: string; readonly title: string }) {
  return { severity, title };
}

/** What a word that is no code may have meant: a topic, the rest of a code, or a slip. */
function others(word: string, codes: readonly Code[]): string {
  const parts = codes.filter((code) => code.split("/").includes(word));
  if (parts.length > 0) return `there are ${parts.join(", ")}`;
  const near = suggest(word, codes);
  return near === null ? "without one, all are listed" : `did you mean ${near}?`;
}
