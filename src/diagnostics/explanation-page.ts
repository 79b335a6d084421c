import { type Code, catalog } from "./catalog.ts";
import { type ExampleFiles, examplePath, withoutMarks } from "./explanation.ts";
import { explanations } from "./explanations.ts";

/** The page of a code in Markdown: what it is, why it matters, what gives it and what does not. */
export function explanationPage(code: Code): string {
  const { severity, title } = catalog[code];
  const { example, why } = explanations[code];
  const parts = [`# \`${code}\``, `**${severity}**: ${title}.`, why];
  if (example !== null) {
    parts.push("## What gives it", ...filesOf(example.bad), "## What does not", ...filesOf(example.good));
  }
  return `${parts.join("\n\n")}\n`;
}

function filesOf(files: ExampleFiles): readonly string[] {
  return Object.entries(files).flatMap(([name, text]) => {
    const path = examplePath(name);
    if (text === null) return [`There is no \`${path}\`.`];
    const language = path.slice(path.lastIndexOf(".") + 1).replace("yml", "yaml");
    return [`In \`${path}\`:`, `\`\`\`${language}\n${printable(withoutMarks(text)).trimEnd()}\n\`\`\``];
  });
}

/** Control characters as escapes: a page is text. */
function printable(text: string): string {
  return text.replaceAll(
    /[^\P{Control}\n]/gu,
    (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
