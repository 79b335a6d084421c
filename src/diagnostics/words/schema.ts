import { words } from "../words.ts";

/** Problems of a document's shape. */
export const schemaWords = {
  "schema/unknown-key": words<{ key: string; suggestion: string; known: readonly string[] }>({
    severity: "error",
    title: "A key is not known here",
    message: ({ key }) => `unknown key \`${key}\``,
    help: ({ suggestion, known }) =>
      suggestion === "" ? `known here: ${quoteAll(known).join(", ")}` : `did you mean \`${suggestion}\`?`,
  }),
  "schema/missing-key": words<{ keys: readonly string[] }>({
    severity: "error",
    title: "A required key is missing",
    message: ({ keys }) => `${listAll(keys)} ${keys.length === 1 ? "is" : "are"} missing`,
    help: ({ keys }) => `add ${listAll(keys)}`,
  }),
  "schema/needed-with": words<{ key: string; needs: string }>({
    severity: "error",
    title: "A key needs another one beside it",
    message: ({ key, needs }) => `\`${key}\` needs \`${needs}\` beside it`,
    help: ({ key, needs }) => `add \`${needs}\`, or remove \`${key}\``,
  }),
  "schema/one-of-keys": words<{ keys: readonly string[] }>({
    severity: "error",
    title: "One of several keys is required",
    message: ({ keys }) => `one of ${quoteAll(keys).join(", ")} is missing`,
    help: () => "add exactly one of them",
  }),
  "schema/conflicting-keys": words<{ keys: readonly string[] }>({
    severity: "error",
    title: "Keys exclude each other",
    message: ({ keys }) => `${listAll(keys)} exclude each other`,
    help: () => "keep exactly one of them",
  }),
  "schema/key-form": words<{ key: string; expected: string }>({
    severity: "error",
    title: "A key is not spelled as it must be",
    message: ({ key, expected }) => `found the key \`${key}\`, expected ${expected}`,
  }),
  "schema/type": words<{ found: string; expected: string }>({
    severity: "error",
    title: "A value has the wrong type",
    message: ({ found, expected }) => `found ${found}, expected ${expected}`,
  }),
  "schema/form": words<{ found: string; expected: string }>({
    severity: "error",
    title: "A value is not spelled as it must be",
    message: ({ found, expected }) => `found ${found}, expected ${expected}`,
  }),
  "schema/not-quoted": words<{ found: string; source: string }>({
    severity: "error",
    title: "A text must be quoted, because YAML reads it otherwise",
    message: ({ found }) => `found ${found}, expected text`,
    help: ({ source }) => `quote it: \`"${source}"\``,
  }),
  "schema/choice": words<{ found: string; choices: readonly string[]; suggestion: string }>({
    severity: "error",
    title: "A value is not one of the choices",
    message: ({ found, choices }) => `found ${found}, expected one of ${quoteAll(choices).join(", ")}`,
    help: ({ suggestion, choices }) =>
      suggestion === "" ? `write one of ${quoteAll(choices).join(", ")}` : `did you mean \`${suggestion}\`?`,
  }),
  "schema/range": words<{ found: string; expected: string }>({
    severity: "error",
    title: "A number is out of range",
    message: ({ found, expected }) => `found ${found}, expected ${expected}`,
  }),
  "schema/no-entries": words<{ found: string }>({
    severity: "error",
    title: "A list or mapping is empty",
    message: ({ found }) => `found ${found}, expected at least one entry`,
    help: () => "add an entry, or remove the key",
  }),
};

function quoteAll(words: readonly string[]): readonly string[] {
  return words.map((word) => `\`${word}\``);
}

function listAll(words: readonly string[]): string {
  const quoted = quoteAll(words);
  const last = quoted.at(-1) ?? "";
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(", ")} and ${last}`;
}
