import type { Explanations } from "../explanation.ts";

export const suppressionExplanations = {
  "suppression/malformed": {
    why: "A suppression names one code and says why: `# fairtrial-ignore-next-line <code> -- <reason>`. Without a reason nobody can tell later whether it still holds. What is malformed suppresses nothing.",
    example: {
      bad: {
        "refactor.yaml":
          "«# fairtrial-ignore-next-line layer/will-overlap»\nlayer: { name: checkout, from: 40%, to: 100% }\n",
      },
      good: {
        "refactor.yaml": `# fairtrial-ignore-next-line layer/will-overlap -- starts when one-page is over
layer: { name: checkout, from: 20%, to: 100% }
`,
      },
    },
  },
  "suppression/unknown-code": {
    why: "Nothing is ever reported under this code, so the comment suppresses nothing.",
    example: {
      bad: {
        "refactor.yaml": `«# fairtrial-ignore-next-line layer/wil-overlap -- starts when one-page is over»
layer: { name: checkout, from: 40%, to: 100% }
`,
      },
      good: {
        "refactor.yaml": `# fairtrial-ignore-next-line layer/will-overlap -- starts when one-page is over
layer: { name: checkout, from: 20%, to: 100% }
`,
      },
    },
  },
  "suppression/unused": {
    why: "The problem that the comment suppresses is gone, or lies elsewhere. Left in place, it would hide the next one. Said only when no file has an error, because an error can keep a rule from looking.",
    example: {
      bad: {
        "refactor.yaml": `«# fairtrial-ignore-next-line layer/will-overlap -- starts when one-page is over»
layer: { name: checkout, from: 40%, to: 100% }
`,
      },
      good: {
        "refactor.yaml": `# fairtrial-ignore-next-line layer/will-overlap -- starts when one-page is over
layer: { name: checkout, from: 20%, to: 100% }
`,
      },
    },
  },
  "suppression/of-error": {
    why: "Errors guard what runs and what is concluded from it, so no comment can silence one: only warnings and notes can be suppressed. Some codes are a warning in a draft and an error once the experiment is running; their suppression ends there.",
    example: null,
  },
} satisfies Explanations;
