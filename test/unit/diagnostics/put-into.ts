import { type ExampleFiles, examplePath } from "../../../src/diagnostics/explanation.ts";

/**
 * The files of an example put into a project, by path. Where the project has a file of that name, the entries of
 * the example take the place of its own; in `project.yaml` those of nested mappings too. A comment `# no mde`
 * leaves an entry out.
 */
export function putInto(
  project: ReadonlyMap<string, string>,
  example: ExampleFiles,
): ReadonlyMap<string, string> {
  const files = new Map(project);
  for (const [name, text] of Object.entries(example)) {
    const path = examplePath(name);
    const own = files.get(path);
    if (text === null) files.delete(path);
    else if (own === undefined || !path.endsWith(".yaml") || text.includes("\n---\n")) files.set(path, text);
    else files.set(path, putEntries(own, text, "", name === "project.yaml"));
  }
  return files;
}

function putEntries(own: string, put: string, indent: string, nested: boolean): string {
  const entries = entriesOf(own, indent);
  for (const [key, entry] of entriesOf(put, indent)) {
    const before = entries.get(key);
    if (key.startsWith("# no ")) entries.delete(key.slice("# no ".length));
    else if (nested && before !== undefined && isBlock(before) && isBlock(entry)) {
      const [head, body] = split(entry);
      entries.set(key, head + putEntries(split(before)[1], body, `${indent}  `, nested));
    } else entries.set(key, entry);
  }
  return [...entries].map(([key, entry]) => (key.startsWith("# no ") ? "" : entry)).join("");
}

/** A mapping's entries by key, comments before an entry with it. */
function entriesOf(text: string, indent: string): Map<string, string> {
  const entries = new Map<string, string>();
  let pending = "";
  let current = "";
  for (const line of text.split(/(?<=\n)/)) {
    const [, start] = new RegExp(`^${indent}([^\\s].*)`).exec(line) ?? [];
    const isRemoval = start?.startsWith("# no ");
    if (start === undefined) entries.set(current, (entries.get(current) ?? "") + line);
    else if (/^«?#/.test(start) && !isRemoval) pending += line;
    else {
      current = isRemoval ? start : start.replaceAll(/[«»]/g, "").split(":")[0]!;
      entries.set(current, pending + line);
      pending = "";
    }
  }
  return entries;
}

function split(entry: string): readonly [head: string, body: string] {
  const end = entry.indexOf("\n") + 1;
  return [entry.slice(0, end), entry.slice(end)];
}

function isBlock(entry: string): boolean {
  return /:\n$/.test(split(entry)[0]) && split(entry)[1] !== "";
}
