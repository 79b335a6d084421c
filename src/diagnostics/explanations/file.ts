import type { Explanations } from "../explanation.ts";

export const fileExplanations = {
  "file/no-project": {
    why: "`project.yaml` declares the units, attributes, layers and events that everything else names. Without it no reference can be checked, so nothing is compiled.",
    example: {
      bad: { "project.yaml": null },
      good: {
        "project.yaml": `name: acme-shop
units:
  user: { id: userId, newPerDay: 18000 }
`,
      },
    },
  },
  "file/extension": {
    why: "One spelling keeps a file from being read twice or not at all, and lets editors find its schema by its name.",
    example: {
      bad: {
        "audiences/britons.yml": `«»when: { country: GB }
`,
      },
      good: {
        "audiences/britons.yaml": `when: { country: GB }
`,
      },
    },
  },
  "file/name": {
    why: "A file's name is its key: it appears in data, in generated code and in URLs of reports. Kebab-case reads the same in all of them, on file systems that tell cases apart and on those that do not.",
    example: {
      bad: {
        "audiences/Great_Britain.yaml": `«»when: { country: GB }
`,
      },
      good: {
        "audiences/great-britain.yaml": `when: { country: GB }
`,
      },
    },
  },
  "file/reserved-name": {
    why: "`project` names the file that declares what all others use. An experiment of that name could be taken for it.",
    example: {
      bad: {
        "archive/project.yaml": `«»name: Our first project
status: concluded
unit: user
variants: { control: {}, new: {} }
metrics: { primary: conversion }
decision: { ship: control, date: 2026-02-10, by: team, verdict: inconclusive, evidence: { iteration: 1, spec: abc123, asOf: 2026-02-10T00:00:00Z } }
`,
      },
      good: {
        "archive/first-project.yaml": `name: Our first project
status: concluded
unit: user
variants: { control: {}, new: {} }
metrics: { primary: conversion }
decision: { ship: control, date: 2026-02-10, by: team, verdict: inconclusive, evidence: { iteration: 1, spec: abc123, asOf: 2026-02-10T00:00:00Z } }
`,
      },
    },
  },
  "file/unknown-folder": {
    why: "The folder says what a file is. In a folder without a meaning a file would silently do nothing.",
    example: {
      bad: {
        "segments/britons.yaml": `«»when: { country: GB }
`,
      },
      good: {
        "audiences/britons.yaml": `when: { country: GB }
`,
      },
    },
  },
  "file/too-large": {
    why: "Files are written and reviewed by people. A limit of 256,000 bytes keeps time and memory bounded whatever is checked in.",
    example: null,
  },
  "file/not-utf8": {
    why: "Keys and values go into hashes, generated code and SQL. A guess at another encoding could change them, so nothing is guessed.",
    example: null,
  },
  "file/link": {
    why: "What a link leads to may lie outside the repository, differ from machine to machine, and change without a commit: no gate could compare it. So links are not followed, and what seems to be there is not. One without a YAML file's name is a warning, since it may lead to something else.",
    example: null,
  },
  "file/more-problems": {
    why: "A file that was generated wrongly can have a hundred thousand problems with one cause. After the first hundred of a file no more are shown.",
    example: null,
  },
} satisfies Explanations;
