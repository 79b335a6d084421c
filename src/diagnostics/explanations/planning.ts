import type { Explanations } from "../explanation.ts";

export const planningExplanations = {
  "mde/missing": {
    why: "The minimum detectable effect is the smallest that would change the decision. Without it there is no telling how many units are enough, and a run stops when somebody likes what it shows.\n\nAn error where the experiment is running, a warning before.",
    example: {
      bad: { "one-page.yaml": "metrics: { primary: «conversion» }\n# no mde\n" },
      good: { "one-page.yaml": "metrics: { primary: conversion }\nmde: 5%\n" },
    },
  },
  "plan/no-volume": {
    why: "How long a run takes is how many units it needs, divided by how many come a day.\n\nAn error where the experiment is running, a warning before.",
    example: {
      bad: {
        "project.yaml": "units:\n  user: { id: userId }\n",
        "one-page.yaml": "unit: «user»\n# no planning\n",
        "refactor.yaml": null,
      },
      good: {
        "project.yaml": "units:\n  user: { id: userId, newPerDay: 18000 }\n",
        "one-page.yaml": "unit: user\n# no planning\n",
        "refactor.yaml": null,
      },
    },
  },
  "plan/no-traffic": {
    why: "Units enter the analysis when they are outside the holdout, inside the range of the layer, and inside the rollout. One of the three leaves nobody.\n\nAn error where the experiment is running, a warning before.",
    example: {
      bad: { "one-page.yaml": "rollout: «0%»\n" },
      good: { "one-page.yaml": "rollout: 100%\n" },
    },
  },
  "plan/no-baseline": {
    why: "How many units show an effect depends on what the metric is today: on its rate, or on its mean and spread. The primary and every guardrail need one.\n\nAn error where the experiment is running, a warning before.",
    example: {
      bad: {
        "metrics/errors.yaml": "# no baseline\n",
        "one-page.yaml": `metrics:
  primary: conversion
  guardrails:
    - { metric: «errors», margin: { absolute: 0.5% } }
`,
      },
      good: {
        "metrics/errors.yaml": "baseline: { rate: 2% }\n",
        "one-page.yaml": `metrics:
  primary: conversion
  guardrails:
    - { metric: errors, margin: { absolute: 0.5% } }
`,
      },
    },
  },
  "plan/no-clusters": {
    why: "Members of one randomised unit are alike, so that a thousand of them in a hundred units tell less than a thousand on their own. How much less follows from how many there are in each and how alike they are (the design effect, Eldridge, Ashby, Kerry, 2006); without both nobody knows how many units the trial needs.\n\nAn error where the experiment is running, a warning before.",
    example: {
      bad: {
        "metrics/invites.yaml": `kind: count
name: Invites per user
better: higher
event: purchase
per: user
window: 7d
baseline: { mean: 0.42, standardDeviation: 1.3 }
`,
        "one-page.yaml": "unit: org\n# no layer\nmetrics: { primary: «invites» }\nmde: 20%\n",
      },
      good: {
        "metrics/invites.yaml": `kind: count
name: Invites per user
better: higher
event: purchase
per: user
window: 7d
baseline:
  mean: 0.42
  standardDeviation: 1.3
  clusters: { org: { meanSize: 11, intraclassCorrelation: 0.06 } }
`,
        "one-page.yaml": "unit: org\n# no layer\nmetrics: { primary: invites }\nmde: 20%\n",
      },
    },
  },
  "plan/too-long": {
    why: "The run is underpowered: within `maxDays` too few units come to show the effect. It would most likely end without an answer, and what it does find is then mostly too large (a significant result of an underpowered trial exaggerates). The metric that binds is named; it may be a guardrail.\n\nAn error where the experiment is running, a warning before, and a warning too where it would be soon enough with `rollout: 100%`: a ramp begins with fewer units than the plan needs.",
    example: {
      bad: { "one-page.yaml": "mde: «1%»\n" },
      good: { "one-page.yaml": "mde: 5%\n" },
    },
  },
  "plan/past-end": {
    why: "The effect can be found within `maxDays`, but not by `end`: too few units have come by then, or their windows have not passed.\n\nAn error where the experiment is running, a warning before, and a warning too where it would be in time with `rollout: 100%`.",
    example: {
      bad: { "one-page.yaml": "start: 2026-11-02\nend: «2026-11-14»\n" },
      good: { "one-page.yaml": "start: 2026-11-02\nend: 2026-11-15\n" },
    },
  },
  "plan/decides-early": {
    why: "With a fixed horizon the result counts once: when the planned units are in. Here the schedule is at least three times as long as that. Whoever looks again at the end, and takes the later result if it is better, has looked twice, and is wrong more often than `alpha` says. A design with several looks ends with the planned units as well: units that come later are exposed for nothing. End when the plan does, or plan for a smaller effect.",
    example: {
      bad: { "one-page.yaml": "start: 2026-11-02\nend: «2027-01-03»\n" },
      good: { "one-page.yaml": "start: 2026-11-02\nend: 2026-11-29\n" },
    },
  },
} satisfies Explanations;
