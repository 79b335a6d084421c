import { words } from "../words.ts";

/** Problems of a file as such: where it lies, what it is called, whether it can be read. */
export const fileWords = {
  "file/no-project": words<Record<never, never>>({
    severity: "error",
    title: "The project has no `project.yaml`",
    message: () => "there is no `experiments/project.yaml`",
    help: () => "create it with at least `name` and `units`; `fairtrial init` writes one",
  }),
  "file/extension": words<{ expected: string }>({
    severity: "error",
    title: "A YAML file ends in `.yml`",
    message: () => "files of the language end in `.yaml`, this one in `.yml`",
    help: ({ expected }) => `rename it to \`${expected}\``,
  }),
  "file/name": words<{ name: string }>({
    severity: "error",
    title: "A file's name is not a key in kebab-case",
    message: ({ name }) => `the file's name is its key, and \`${name}\` is not in kebab-case`,
    help: () => "use lower-case letters and digits, joined by single hyphens: `one-page-checkout.yaml`",
  }),
  "file/reserved-name": words<{ name: string }>({
    severity: "error",
    title: "A file has a reserved name",
    message: ({ name }) => `\`${name}\` is the name of the project's own file`,
    help: () => "give it another name",
  }),
  "file/unknown-folder": words<{ folder: string }>({
    severity: "error",
    title: "A YAML file lies in a folder that has no meaning",
    message: ({ folder }) => `files in \`${folder}\` are neither experiments nor metrics nor audiences`,
    help: () =>
      "experiments lie in `experiments/` and `experiments/archive/`, metrics in `experiments/metrics/`, audiences in `experiments/audiences/`",
  }),
  "file/too-large": words<{ size: number }>({
    severity: "error",
    title: "A file is too large",
    message: ({ size }) => `the file has ${size} bytes, at most 256000 are read`,
    help: () => "split it: one experiment, metric or audience to a file",
  }),
  "file/link": words<Record<never, never>>({
    severity: "error",
    title: "A symbolic link among the experiments",
    message: () => "this is a symbolic link, and links are not followed",
    help: () => "put the file or the folder itself there",
  }),
  "file/not-utf8": words<Record<never, never>>({
    severity: "error",
    title: "A file is not text",
    message: () => "the file is not UTF-8 text",
    help: () => "save it as UTF-8",
  }),
  "file/more-problems": words<{ shown: number }>({
    severity: "note",
    title: "A file has more problems than are shown",
    message: ({ shown }) => `the file has more problems; the first ${shown} are shown`,
    help: () => "mend these first; the rest often follows from them",
  }),
};
