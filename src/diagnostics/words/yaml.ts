import { words } from "../words.ts";

/** Problems of a file's text. */
export const yamlWords = {
  "yaml/syntax": words<{ problem: string }>({
    severity: "error",
    title: "The file is not valid YAML",
    message: ({ problem }) => problem,
  }),
  "yaml/conflict": words<{ marker: string }>({
    severity: "error",
    title: "A merge that is not finished",
    message: ({ marker }) => `\`${marker}\` marks a conflict of a merge that is not finished`,
    help: () =>
      "keep what is right of the two sides, and remove the lines of git: `<<<<<<<`, `=======`, `>>>>>>>`",
  }),
  "yaml/empty": words<Record<never, never>>({
    severity: "error",
    title: "The file is empty",
    message: () => "the file holds nothing",
    help: () => "write its document, or delete it",
  }),
  "yaml/duplicate-key": words<{ key: string }>({
    severity: "error",
    title: "A mapping has the same key twice",
    message: ({ key }) => `\`${key}\` is given twice`,
    help: () => "keep one of the two",
  }),
  "yaml/several-documents": words<Record<never, never>>({
    severity: "error",
    title: "A file holds more than one document",
    message: () => "a second document begins here",
    help: () => "keep one document to a file, and remove the `---` between them",
  }),
  "yaml/directive": words<{ directive: string }>({
    severity: "error",
    title: "A directive changes how the file is read",
    message: ({ directive }) => `\`${directive}\` is a directive; files are read as YAML 1.2 without any`,
    help: () => "remove the line",
  }),
  "yaml/tag": words<{ tag: string }>({
    severity: "error",
    title: "A tag is not part of the language",
    message: ({ tag }) => `\`${tag}\` is a tag, and tags are not part of the language`,
    help: () => "remove it; quote a value that should be text",
  }),
  "yaml/unknown-alias": words<{ alias: string }>({
    severity: "error",
    title: "An alias has no anchor",
    message: ({ alias }) => `no anchor \`&${alias}\` stands before \`*${alias}\``,
    help: () => "write the value out",
  }),
  "yaml/alias-expansion": words<{ alias: string }>({
    severity: "error",
    title: "Aliases expand to too much",
    message: ({ alias }) => `\`*${alias}\` expands to itself, or to more than the file may hold`,
    help: () => "write the values out",
  }),
  "yaml/merge-key": words<Record<never, never>>({
    severity: "error",
    title: "Merge keys are not part of the language",
    message: () => "`<<` is a merge key, which YAML 1.2 does not have",
    help: () => "write the keys out",
  }),
  "yaml/forbidden-key": words<{ key: string }>({
    severity: "error",
    title: "A key is refused because JavaScript gives it a meaning",
    message: ({ key }) => `\`${key}\` cannot be a key`,
    help: () => "choose another name",
  }),
  "yaml/complex-key": words<Record<never, never>>({
    severity: "error",
    title: "A key is not a plain text",
    message: () => "a key is expected to be one word or quoted text",
    help: () => "quote it when it is meant as text",
  }),
  "yaml/too-deep": words<Record<never, never>>({
    severity: "error",
    title: "The document is nested too deeply",
    message: () => "values are nested deeper than 64 levels",
    help: () => "flatten the document",
  }),
  "yaml/control-character": words<{ character: string }>({
    severity: "error",
    title: "A file holds a control character",
    message: ({ character }) => `the control character ${character} cannot be in a file`,
    help: () => "remove it; in double quotes it can be written as an escape",
  }),
  "yaml/number": words<{ found: string }>({
    severity: "error",
    title: "A number cannot be held exactly",
    message: ({ found }) => `\`${found}\` is not a finite number that can be held exactly`,
    help: () => "quote it when it is meant as text",
  }),
};
