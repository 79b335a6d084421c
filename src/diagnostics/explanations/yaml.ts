import type { Explanations } from "../explanation.ts";

const HEAD = `kind: count
name: Sign-ups
better: higher
`;

export const yamlExplanations = {
  "yaml/syntax": {
    why: "The text cannot be read as YAML 1.2. Of several such problems only the first is told, because the rest mostly follow from it.",
    example: {
      bad: { "metrics/sign-ups.yaml": `${HEAD}event: "purchase\n«»` },
      good: { "metrics/sign-ups.yaml": `${HEAD}event: "purchase"\n` },
    },
  },
  "yaml/conflict": {
    why: "Git leaves both sides of a conflict in the file, between lines of its own. Only a person knows which of them the trial should follow, so nothing is mended by itself.",
    example: {
      bad: {
        "metrics/sign-ups.yaml": `${HEAD}«<<<<<<<» HEAD\nevent: purchase\n=======\nevent: visit\n>>>>>>> main\n`,
      },
      good: { "metrics/sign-ups.yaml": `${HEAD}event: purchase\n` },
    },
  },
  "yaml/empty": {
    why: "An empty file is mostly one that was not saved, or not finished. It has a key, so something may already refer to it.",
    example: {
      bad: { "metrics/sign-ups.yaml": "«»# to be written\n" },
      good: { "metrics/sign-ups.yaml": `${HEAD}event: purchase\n` },
    },
  },
  "yaml/duplicate-key": {
    why: "Readers of YAML differ in which of two equal keys they take. A merge that went wrong often leaves both.",
    example: {
      bad: { "metrics/sign-ups.yaml": `${HEAD}event: purchase\n«better»: lower\n` },
      good: { "metrics/sign-ups.yaml": `${HEAD}event: purchase\n` },
    },
  },
  "yaml/several-documents": {
    why: "A file is one thing, and its name is that thing's key. A second document would have no name.",
    example: {
      bad: {
        "metrics/sign-ups.yaml": `${HEAD}event: purchase\n«»---\n${HEAD}event: purchase\n`,
      },
      good: { "metrics/sign-ups.yaml": `${HEAD}event: purchase\n` },
    },
  },
  "yaml/directive": {
    why: "A directive can change the version of YAML or what its tags mean. All files are read alike, as YAML 1.2.",
    example: {
      bad: { "metrics/sign-ups.yaml": `«%YAML 1.1»\n---\n${HEAD}event: purchase\n` },
      good: { "metrics/sign-ups.yaml": `${HEAD}event: purchase\n` },
    },
  },
  "yaml/tag": {
    why: "Tags turn text into values of other types, in some readers even into running code. Nothing in these files is ever executed.",
    example: {
      bad: { "metrics/sign-ups.yaml": `${HEAD}event: !!str «purchase»\n` },
      good: { "metrics/sign-ups.yaml": `${HEAD}event: "purchase"\n` },
    },
  },
  "yaml/unknown-alias": {
    why: "An alias stands for the value that an anchor before it marks. Unquoted text that begins with `*` is read as one.",
    example: {
      bad: { "metrics/sign-ups.yaml": `${HEAD}event: «*purchase»\n` },
      good: { "metrics/sign-ups.yaml": `${HEAD}event: purchase\n` },
    },
  },
  "yaml/alias-expansion": {
    why: "A few lines of aliases can stand for more values than memory holds, and an alias inside its own anchor never ends.",
    example: {
      bad: { "metrics/sign-ups.yaml": `${HEAD}event: purchase\nwhere: &loop\n  refunded: «*loop»\n` },
      good: { "metrics/sign-ups.yaml": `${HEAD}event: purchase\nwhere:\n  refunded: false\n` },
    },
  },
  "yaml/merge-key": {
    why: "`<<` was part of YAML 1.1, and readers disagree on what it means when keys meet. A reviewer should see what holds where it holds.",
    example: {
      bad: {
        "metrics/sign-ups.yaml": `${HEAD}event: purchase\nwhere:\n  «<<»: { refunded: false }\n`,
      },
      good: { "metrics/sign-ups.yaml": `${HEAD}event: purchase\nwhere:\n  refunded: false\n` },
    },
  },
  "yaml/forbidden-key": {
    why: "Every JavaScript object has these names already. As a key they could change how generated code or an app behaves.",
    example: {
      bad: {
        "one-page.yaml": `variants:
  control: { weight: 50%, params: { steps: 3, «constructor»: a } }
  one-page: { weight: 50%, params: { steps: 1 } }
`,
      },
      good: {
        "one-page.yaml": `variants:
  control: { weight: 50%, params: { steps: 3 } }
  one-page: { weight: 50%, params: { steps: 1 } }
`,
      },
    },
  },
  "yaml/complex-key": {
    why: "YAML allows lists and mappings as keys; JSON and TypeScript do not, so such a key has no meaning in what is emitted.",
    example: {
      bad: { "audiences/britons.yaml": "when: { ? «[country, region]» : GB }\n" },
      good: { "audiences/britons.yaml": "when: { country: GB }\n" },
    },
  },
  "yaml/too-deep": {
    why: "Nothing that a person writes nests 64 levels deep. The bound keeps a hostile file from exhausting the stack.",
    example: {
      bad: { "audiences/deep.yaml": `when: ${"[".repeat(64)}«[»${"]".repeat(65)}\n` },
      good: { "audiences/deep.yaml": "when: { any: [{ country: GB }] }\n" },
    },
  },
  "yaml/control-character": {
    why: "Control characters do not show in a review, and can drive the terminal of whoever prints the file.",
    example: {
      bad: { "audiences/britons.yaml": "name: Brit«\u0007»ons\nwhen: { country: GB }\n" },
      good: { "audiences/britons.yaml": "name: Britons\nwhen: { country: GB }\n" },
    },
  },
  "yaml/number": {
    why: "Integers beyond 2⁵³ would silently become others, and `.nan` and `.inf` are no values that JSON can hold. An id made of digits is text.",
    example: {
      bad: { "audiences/someone.yaml": "when: { age: «12345678901234567890» }\n" },
      good: { "audiences/someone.yaml": "when: { age: 42 }\n" },
    },
  },
} satisfies Explanations;
