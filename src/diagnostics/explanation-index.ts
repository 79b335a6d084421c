import { type Code, catalog } from "./catalog.ts";

/** The index of all pages in Markdown, by topic: the part of a code before its slash. */
export function explanationIndex(): string {
  const byTopic = new Map<string, string[]>();
  for (const code of (Object.keys(catalog) as Code[]).sort()) {
    const topic = code.slice(0, code.indexOf("/"));
    const { severity, title } = catalog[code];
    const line = `| [\`${code}\`](${code}.md) | ${severity} | ${title} |`;
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), line]);
  }
  const sections = [...byTopic].map(
    ([topic, lines]) => `## ${topic}\n\n| code | severity | title |\n|---|---|---|\n${lines.join("\n")}\n`,
  );
  return `${[HEAD, ...sections].join("\n")}`;
}

const HEAD = `# Diagnostics

Every problem has a code. \`fairtrial explain <code>\` prints its page, offline; \`fairtrial validate --fix\` mends what has one right answer.

An **error** refuses the command. A **warning** or a **note** never does. Several codes are a warning while an experiment is a draft and an error once it is running.

## Suppressing

A comment takes a warning or a note away from the next line that holds more than a comment:

\`\`\`yaml
# fairtrial-ignore-next-line layer/shared-surface -- built to stand beside the new header
tags: [checkout]
\`\`\`

- One code to a comment; several comments may stand above one line. The line is the one that the diagnostic shows, where its mark begins.
- The reason, behind \`--\`, is not optional.
- **Errors cannot be suppressed**: they guard what runs and what is concluded from it. A suppression ends when its warning becomes an error.
- A comment that is malformed, names a code that does not exist, meets an error, or suppresses nothing, is a warning itself.
`;
