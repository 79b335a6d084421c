import type { Explanations } from "../explanation.ts";

const DECISION = `decision:
  ship: new
  date: 2026-12-08
  by: team-checkout
  verdict: ship
  evidence: { iteration: 1, spec: abc123, asOf: 2026-12-08T00:00:00Z }
`;

const experiment = (status: string, name = "name") => `${name}: Short menu
status: ${status}
unit: user
variants: { control: {}, new: {} }
metrics: { primary: conversion }
mde: 5%
`;

const archived = experiment("concluded") + DECISION;

export const experimentExplanations = {
  "variants/too-few": {
    why: "An experiment compares. With one variant there is nothing to compare it to.",
    example: {
      bad: { "refactor.yaml": "«variants»: { control: {} }\n" },
      good: { "refactor.yaml": "variants: { control: {}, fast: {} }\n" },
    },
  },
  "variants/weights-sum": {
    why: "The weights divide the enrolled units among the variants. What is missing would go to nobody, and what is too much cannot be given. Weights are whole parts per million, so sums are exact; how many units are enrolled at all is said by `rollout`.",
    example: {
      bad: {
        "one-page.yaml": `«variants»:
  control: { weight: 50%, params: { steps: 3 } }
  one-page: { weight: 49.9999%, params: { steps: 1 } }
`,
      },
      good: {
        "one-page.yaml": `variants:
  control: { weight: 50.0001%, params: { steps: 3 } }
  one-page: { weight: 49.9999%, params: { steps: 1 } }
`,
      },
    },
  },
  "variants/zero-weight": {
    why: "Nobody gets the variant, so nothing can be learnt about it, and every comparison with it would be one with nothing.",
    example: {
      bad: {
        "one-page.yaml": `variants:
  control: { weight: 100%, params: { steps: 3 } }
  one-page: { weight: «0%», params: { steps: 1 } }
`,
      },
      good: {
        "one-page.yaml": `variants:
  control: { weight: 60%, params: { steps: 3 } }
  one-page: { weight: 40%, params: { steps: 1 } }
`,
      },
    },
  },
  "variants/params-differ": {
    why: "App code reads `arm.params` without knowing which variant it got. A param that one variant lacks is `undefined` there, and one that is a number here and a text there breaks the code that was tried with the other. A param that a variant does not use can be `null`: it fits every type.",
    example: {
      bad: {
        "one-page.yaml": `variants:
  control: { weight: 50%, params: { steps: 3, title: Checkout } }
  one-page: { weight: 50%, «params»: { steps: "1" } }
`,
      },
      good: {
        "one-page.yaml": `variants:
  control: { weight: 50%, params: { steps: 3, title: Checkout } }
  one-page: { weight: 50%, params: { steps: 1, title: null } }
`,
      },
    },
  },
  "running/incomplete": {
    why: "Whoever meets the code of a running experiment must be able to find out whose it is, why it exists, from when to when it enrols, and when it goes.",
    example: {
      bad: { "one-page.yaml": "# no owner\nstatus: «running»\n" },
      good: { "one-page.yaml": "owner: team-checkout\nstatus: running\n" },
    },
  },
  "dates/order": {
    why: "`start`, `end` and `removeBy` follow each other. With two of them swapped the experiment would enrol on no day, or its code be due before it ends.",
    example: {
      bad: { "refactor.yaml": "end: 2026-12-28\nremoveBy: «2026-12-28»\n" },
      good: { "refactor.yaml": "end: 2026-12-28\nremoveBy: 2026-12-29\n" },
    },
  },
  "analysis/days-order": {
    why: "A run takes at least `minDays` and at most `maxDays`. No run satisfies both here.",
    example: {
      bad: { "refactor.yaml": "analysis: { minDays: «14», maxDays: 7 }\n" },
      good: { "refactor.yaml": "analysis: { minDays: 14, maxDays: 14 }\n" },
    },
  },
  "analysis/lenient-alpha": {
    why: "`alpha` is how often a variant without any effect is called better or worse. Above 10% more than one such trial in ten fools its team, and looking until something shows needs fewer looks. Where that is meant, because a wrong decision is cheap, suppress the warning and say so.",
    example: {
      bad: { "one-page.yaml": "analysis: { alpha: «20%» }\n" },
      good: { "one-page.yaml": "analysis: { alpha: 10% }\n" },
    },
  },
  "decision/missing": {
    why: "A concluded experiment gives everybody the variant that was shipped. The decision says which one, and on what evidence.",
    example: {
      bad: { "one-page.yaml": "status: «concluded»\n" },
      good: {
        "one-page.yaml": `status: concluded
${DECISION.replace("ship: new", "ship: one-page")}`,
      },
    },
  },
  "decision/too-early": {
    why: "The runtime looks at the status: a decision takes effect only when it is `concluded`. One of both was forgotten.",
    example: {
      bad: {
        "one-page.yaml": `status: stopped
${DECISION.replace("ship: new", "ship: one-page").replace("decision", "«decision»")}`,
      },
      good: {
        "one-page.yaml": `status: concluded
${DECISION.replace("ship: new", "ship: one-page")}`,
      },
    },
  },
  "decision/without-reason": {
    why: "A decision may differ from the verdict: there may be costs and reasons that no metric sees. Whoever reads it later has to learn them.",
    example: {
      bad: {
        "archive/old.yaml": DECISION.replace("decision", "«decision»").replace(
          "verdict: ship",
          "verdict: inconclusive",
        ),
      },
      good: {
        "archive/old.yaml": DECISION.replace(
          "verdict: ship",
          "verdict: inconclusive\n  why: The new one is half the code, and no worse.",
        ),
      },
    },
  },
  "archive/not-concluded": {
    why: "What is in `archive/` is not emitted: its code is gone. Only after a decision can that be true.",
    example: {
      bad: { "archive/short-menu.yaml": experiment("«draft»") },
      good: { "archive/short-menu.yaml": archived },
    },
  },
  "names/same-key": {
    why: "The key names the experiment in data and salts its hash. Of two experiments with one key nobody could tell the exposures apart, in the archive either.",
    example: {
      bad: { "archive/refactor.yaml": archived, "refactor.yaml": "«name»: Refactor\n" },
      good: { "archive/refactor-2025.yaml": archived, "refactor.yaml": "name: Refactor\n" },
    },
  },
  "names/same-identifier": {
    why: "Keys become identifiers in generated code, where hyphens disappear.",
    example: {
      bad: { "menu-2.yaml": experiment("draft"), "menu2.yaml": experiment("draft", "«name»") },
      good: { "menu-2.yaml": experiment("draft"), "menu3.yaml": experiment("draft") },
    },
  },
  "names/same-hash": {
    why: "Each draw places a unit by the 32-bit hash of a name: of the layer, of the experiment and its iteration, of a parameter. By chance two names can have the same hash, and then every unit has the same place in both draws: whoever gets the treatment of one experiment gets that of the other, and neither trial can tell which of the two was at work. Of projects with a hundred experiments it happens to about one in two hundred thousand.",
    example: {
      bad: {
        "inline-navbar-font.yaml": experiment("draft"),
        "old-error-filter.yaml": experiment("draft", "«name»"),
      },
      good: {
        "inline-navbar-font.yaml": experiment("draft"),
        "old-error-filter.yaml": `iteration: 2\n${experiment("draft")}`,
      },
    },
  },
  "names/unit-and-attribute": {
    why: "An app passes ids of units and attributes in one object, the context. Two of one name would be one.",
    example: {
      bad: { "project.yaml": "attributes:\n  «orgId»: { type: string }\n" },
      good: { "project.yaml": "attributes:\n  orgName: { type: string }\n" },
    },
  },
} satisfies Explanations;
