import type { Explanations } from "../explanation.ts";

const second = (lines: string) => `name: Second
owner: team-checkout
hypothesis: It is better.
status: running
start: 2027-06-07
end: 2027-07-04
removeBy: 2027-10-01
unit: user
${lines}variants: { control: {}, new: {} }
metrics: { primary: conversion }
mde: 5%
`;

const draftByOrg = (lines = "", unit = "org") => `name: By organisation
status: draft
unit: ${unit}
variants: { control: {}, new: {} }
metrics: { primary: conversion }
mde: 5%
planning: { newPerDay: 9000 }
${lines}`;

export const trafficExplanations = {
  "layer/empty-range": {
    why: "An experiment owns the part of its layer from `from` up to, not including, `to`. Nothing lies between them here.",
    example: {
      bad: { "refactor.yaml": "layer: { name: checkout, from: 80%, to: «60%» }\n" },
      good: { "refactor.yaml": "layer: { name: checkout, from: 60%, to: 80% }\n" },
    },
  },
  "layer/other-unit": {
    why: "A layer divides the ids of one unit. Ids of another unit fall into it independently, so experiments of different units cannot exclude each other in it.",
    example: {
      bad: { "refactor.yaml": "layer: { name: «accounts», from: 40%, to: 100% }\n" },
      good: { "refactor.yaml": "layer: { name: checkout, from: 40%, to: 100% }\n" },
    },
  },
  "layer/overlap": {
    why: "Experiments of a layer promise that no unit is in two of them. Dates do not help: the runtime looks at the status, never at the clock. Two pull requests that each take a free range can meet here after the merge.",
    example: {
      bad: {
        "one-page.yaml": "layer: { name: checkout, from: 0%, to: 40% }\n",
        "refactor.yaml": "layer: { name: checkout, from: 60%, to: 100% }\n",
        "second.yaml": second("«layer»: { name: checkout, from: 39.9999%, to: 60% }\n"),
      },
      good: {
        "one-page.yaml": "layer: { name: checkout, from: 0%, to: 40% }\n",
        "refactor.yaml": "layer: { name: checkout, from: 60%, to: 100% }\n",
        "second.yaml": second("layer: { name: checkout, from: 40%, to: 60% }\n"),
      },
    },
  },
  "layer/will-overlap": {
    why: "A draft may wait for a range, so this is a note. It becomes an error when the draft starts while the owner is still running.",
    example: {
      bad: {
        "one-page.yaml": "status: running\nlayer: { name: checkout, from: 0%, to: 40% }\n",
        "refactor.yaml": "status: draft\n«layer»: { name: checkout, from: 39.9999%, to: 100% }\n",
      },
      good: {
        "one-page.yaml": "status: running\nlayer: { name: checkout, from: 0%, to: 40% }\n",
        "refactor.yaml": "status: draft\nlayer: { name: checkout, from: 40%, to: 100% }\n",
      },
    },
  },
  "layer/carry-over": {
    why: "Units of the former owner are still being measured. What the new experiment does to them is counted for the old one, and what the old one did may last.",
    example: {
      bad: {
        "one-page.yaml": "status: stopped\n",
        "refactor.yaml": "start: «2026-12-06»\nlayer: { name: checkout, from: 0%, to: 100% }\n",
      },
      good: {
        "one-page.yaml": "status: stopped\n",
        "refactor.yaml": "start: 2026-12-07\nlayer: { name: checkout, from: 0%, to: 100% }\n",
      },
    },
  },
  "layer/shared-surface": {
    why: "Two running experiments change the same surface for the same units, and no layer keeps them apart: a unit can get both changes, and what it does may be due to their meeting. A layer gives each its own units; where they were built to stand side by side, suppress the warning and say so.\n\nWarned of when two experiments are running, have one unit, have audiences that one unit can satisfy both, are not in one layer, and share a surface: a tag, or, where one of them has no tags, the primary metric. Dates do not matter, because the runtime looks at the status. Reported at the one without a layer, else at the later key.",
    example: {
      bad: {
        "one-page.yaml": "tags: [cart]\n",
        "second.yaml": second("tags: «[cart]»\n"),
      },
      good: {
        "one-page.yaml": "tags: [cart]\n",
        "second.yaml": second("tags: [search]\n"),
      },
    },
  },
  "holdout/everybody": {
    why: "Units of the holdout meet no experiment. With all of them in it, no experiment could learn anything.",
    example: {
      bad: {
        "project.yaml": "holdout: { key: holdout-2026, unit: org, share: «100%» }\n",
      },
      good: {
        "project.yaml": "holdout: { key: holdout-2026, unit: org, share: 5% }\n",
      },
    },
  },
  "exposure/unit-without-column": {
    why: "Analysis counts units by their id. The source of exposures names no column that holds the id of this unit.",
    example: {
      bad: {
        "project.yaml": `warehouse:
  sources:
    exposures:
      units: { user: user_id }
`,
        "by-org.yaml": draftByOrg("", "«org»"),
      },
      good: {
        "project.yaml": `warehouse:
  sources:
    exposures:
      units: { user: user_id, org: org_id }
`,
        "by-org.yaml": draftByOrg(),
      },
    },
  },
  "exposure/test-units": {
    why: "Units of tests and of the team are found by the id that a row of the exposures carries, in the column that `units` names for their kind.",
    example: {
      bad: {
        "project.yaml": `warehouse:
  sources:
    exposures:
      units: { user: user_id }
      testUnits: { «org»: [acme] }
`,
      },
      good: {
        "project.yaml": `warehouse:
  sources:
    exposures:
      units: { user: user_id, org: org_id }
      testUnits: { org: [acme] }
`,
      },
    },
  },
  "exposure/event-of-other-unit": {
    why: "The event that marks the exposure carries no id of the experiment's unit, so nobody could be found in its rows.",
    example: {
      bad: { "by-org.yaml": draftByOrg("exposure: { event: «Checklist Viewed» }\n") },
      good: { "by-org.yaml": draftByOrg("exposure: { event: error-shown }\n") },
    },
  },
  "event/unit-without-column": {
    why: "The event says that it carries this unit's id, and its source has no column for it: metrics by this unit would find nothing.",
    example: {
      bad: {
        "project.yaml": `units:
  device: { id: deviceId }
events:
  tap: { source: app, units: [user, «device»] }
`,
      },
      good: {
        "project.yaml": `events:
  tap: { source: app, units: [user, org] }
`,
      },
    },
  },
} satisfies Explanations;
