import { words } from "../words.ts";

/** Comments that suppress a problem. */
export const suppressionWords = {
  "suppression/malformed": words<{ problem: string }>({
    severity: "warning",
    title: "A suppression that cannot be read",
    message: ({ problem }) => `this comment suppresses nothing: ${problem}`,
    help: () => "write `# fairtrial-ignore-next-line <code> -- <reason>`",
  }),
  "suppression/unknown-code": words<{ code: string; suggestion: string }>({
    severity: "warning",
    title: "A suppression of a code that does not exist",
    message: ({ code }) => `there is no code \`${code}\``,
    help: ({ suggestion }) =>
      suggestion === "" ? "`fairtrial explain` lists all codes" : `did you mean \`${suggestion}\`?`,
  }),
  "suppression/unused": words<{ code: string }>({
    severity: "warning",
    title: "A suppression of nothing",
    message: ({ code }) => `there is no \`${code}\` to suppress on the next line`,
    help: () => "remove the comment",
  }),
  "suppression/of-error": words<{ code: string }>({
    severity: "warning",
    title: "A suppression of an error",
    message: ({ code }) => `\`${code}\` is an error here, and errors cannot be suppressed`,
    help: () => "mend the error and remove the comment",
  }),
};
