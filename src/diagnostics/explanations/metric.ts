import type { Explanations } from "../explanation.ts";

export const metricExplanations = {
  "metric/value-not-a-number": {
    why: 'Sums and means need numbers. A text is not converted: `"1.000"` is a thousand to some and one to others.',
    example: {
      bad: { "metrics/basket.yaml": "value: «currency»\n" },
      good: { "metrics/basket.yaml": "value: amount\n" },
    },
  },
  "metric/where-value": {
    why: "The property can never have this value, so the filter keeps nothing and the metric is zero for everybody.",
    example: {
      bad: { "metrics/revenue.yaml": "where: { refunded: false, currency: [USD, «GBP»] }\n" },
      good: { "metrics/revenue.yaml": "where: { refunded: false, currency: [USD, EUR] }\n" },
    },
  },
  "metric/other-unit": {
    why: "A metric is measured per unit of the experiment. The event's rows carry no id of that unit, so no row could be counted for anybody.",
    example: {
      bad: {
        "project.yaml": "events:\n  tap: { source: app, units: [org] }\n",
        "metrics/taps.yaml": "kind: count\nname: Taps\nbetter: higher\nevent: tap\n",
        "one-page.yaml": "metrics: { primary: conversion, secondary: [«taps»] }\n",
      },
      good: {
        "project.yaml": "events:\n  tap: { source: app, units: [user, org] }\n",
        "metrics/taps.yaml": "kind: count\nname: Taps\nbetter: higher\nevent: tap\n",
        "one-page.yaml": "metrics: { primary: conversion, secondary: [taps] }\n",
      },
    },
  },
  "metric/constant": {
    why: "The metric is the same for every unit, whatever the variant does: a conversion on the very event that exposes a unit is always 100%, a ratio of a metric to itself always 1. No number of units can find a difference.\n\nOf the primary and the guardrails, an error where the experiment is running, a warning before.",
    example: {
      bad: {
        "one-page.yaml": `exposure: { event: purchase }
metrics: { primary: «conversion» }
`,
      },
      good: {
        "one-page.yaml": `exposure: { event: Checklist Viewed }
metrics: { primary: conversion }
`,
      },
    },
  },
  "metric/wrong-layout": {
    why: "A project's warehouse has either events, a row each, or one row per unit, already aggregated. A metric can only read what is there.",
    example: {
      bad: { "metrics/visits.yaml": "kind: count\nname: Visits\nbetter: higher\ncolumn: «visits»\n" },
      good: { "metrics/visits.yaml": "kind: count\nname: Visits\nbetter: higher\nevent: purchase\n" },
    },
  },
  "metric/window-without-time": {
    why: "A window counts from each unit's first exposure. Without timestamps nothing says what happened inside it.",
    example: {
      bad: {
        "project.yaml": `events:
  tap: { source: taps, units: [user] }
warehouse:
  sources:
    taps: { from: taps.csv, units: { user: id }, columns: { event: event } }
`,
        "metrics/taps.yaml": "kind: count\nname: Taps\nbetter: higher\nevent: tap\nwindow: «7d»\n",
      },
      good: {
        "project.yaml": `events:
  tap: { source: taps, units: [user] }
warehouse:
  sources:
    taps: { from: taps.csv, units: { user: id }, columns: { event: event, timestamp: ts } }
`,
        "metrics/taps.yaml": "kind: count\nname: Taps\nbetter: higher\nevent: tap\nwindow: 7d\n",
      },
    },
  },
  "per/other-unit": {
    why: "A metric with `per` counts what each member of a randomised unit did. The event's rows must say which member it was.",
    example: {
      bad: {
        "project.yaml": "events:\n  invite: { source: app, units: [org] }\n",
        "metrics/invites.yaml": "kind: count\nname: Invites\nbetter: higher\nevent: invite\nper: «user»\n",
      },
      good: {
        "project.yaml": "events:\n  invite: { source: app, units: [user] }\n",
        "metrics/invites.yaml": "kind: count\nname: Invites\nbetter: higher\nevent: invite\nper: user\n",
      },
    },
  },
  "per/without-column": {
    why: "Members of a randomised unit count from the day on which one of its exposures named them: also those that did nothing are divided by. So the exposures carry both ids.",
    example: {
      bad: {
        "project.yaml":
          "units:\n  seat: { id: seatId }\nevents:\n  invite: { source: app, units: [seat] }\nwarehouse:\n  sources:\n    app: { from: data/app.csv, units: { user: user_id, org: org_id, seat: seat_id }, columns: { event: event, timestamp: ts } }\n",
        "metrics/invites.yaml": "kind: count\nname: Invites\nbetter: higher\nevent: invite\nper: «seat»\n",
      },
      good: {
        "metrics/invites.yaml": "kind: count\nname: Invites\nbetter: higher\nevent: purchase\nper: user\n",
      },
    },
  },
  "per/winsorized": {
    why: "Of a metric with `per`, the value of a randomised unit is the total over its members, and grows with their number. A cap would cut off large units rather than outliers.",
    example: {
      bad: {
        "metrics/invites.yaml":
          "kind: count\nname: Invites\nbetter: higher\nevent: purchase\nper: user\n«winsorize»: 99.9%\n",
      },
      good: {
        "metrics/invites.yaml": "kind: count\nname: Invites\nbetter: higher\nevent: purchase\nper: user\n",
      },
    },
  },
  "ratio/part-as-it-is": {
    why: "A ratio divides two totals over all units. A part that is capped would give another ratio than the one it is named after, and a part with `per` is a ratio already.",
    example: {
      bad: {
        "metrics/orders.yaml": "winsorize: 99%\n",
        "metrics/order-value.yaml": "denominator: «orders»\n",
      },
      good: { "metrics/order-value.yaml": "denominator: orders\n" },
    },
  },
  "ratio/windows-differ": {
    why: "Numerator and denominator are taken over the same units and the same time. With different windows a unit would be in one and not yet in the other.",
    example: {
      bad: {
        "metrics/orders.yaml": "window: 14d\n",
        "metrics/order-value.yaml": "denominator: «orders»\n",
      },
      good: {
        "metrics/orders.yaml": "window: 168h\n",
        "metrics/order-value.yaml": "denominator: orders\n",
      },
    },
  },
  "ratio/inputs-differ": {
    why: "Both parts of a ratio are read from the same rows: from events, or from columns of one row per unit.",
    example: {
      bad: {
        "project.yaml": "# no warehouse\n",
        "metrics/visits.yaml": "kind: count\nname: Visits\nbetter: higher\ncolumn: visits\n",
        "metrics/order-value.yaml": "denominator: «visits»\n",
      },
      good: { "metrics/order-value.yaml": "denominator: orders\n" },
    },
  },
  "baseline/other-kind": {
    why: "The spread of a conversion, a retention and a funnel follows from its rate. A quantile has a value and a spread of its own, which mean and standard deviation do not tell. Every other metric needs its mean and its standard deviation. With the wrong one the plan would be of another metric.",
    example: {
      bad: { "metrics/basket.yaml": "baseline: { rate: «40%» }\n" },
      good: { "metrics/basket.yaml": "baseline: { mean: 12, standardDeviation: 20, reporting: 40% }\n" },
    },
  },
  "baseline/unused": {
    why: "A part of a baseline that no plan of the metric reads was meant for another metric, or another way to measure it. `reporting` is the share of units that have events at all, and only a `mean` leaves the others out. `clusters` says how measured units sit in randomised ones, and only a metric with `per` has both. `cuped` says how well a unit's value before tells its value after, and belongs to conversions, counts, sums and ratios.",
    example: {
      bad: {
        "metrics/revenue.yaml": "baseline: { mean: 4.31, standardDeviation: 22.8, «reporting»: 40% }\n",
      },
      good: { "metrics/revenue.yaml": "baseline: { mean: 4.31, standardDeviation: 22.8 }\n" },
    },
  },
  "baseline/steps": {
    why: "The baseline of a funnel is the share of units that get to each of its steps, or to the last alone (`rate`). Nobody gets to a step who did not get to the one before it.",
    example: {
      bad: {
        "metrics/buyers.yaml": `kind: funnel
name: Buyers
better: higher
steps: [Checklist Viewed, purchase]
window: 24h
baseline: { rates: «[12%, 40%]» }
`,
      },
      good: {
        "metrics/buyers.yaml": `kind: funnel
name: Buyers
better: higher
steps: [Checklist Viewed, purchase]
window: 24h
baseline: { rates: [40%, 12%] }
`,
      },
    },
  },
  "metrics/repeated": {
    why: "A metric's part decides its error rate and what it means for the verdict. With two parts in one experiment it would be tested twice, and could say two things.",
    example: {
      bad: {
        "one-page.yaml": `metrics:
  primary: conversion
  secondary: [«errors»]
  guardrails:
    - { metric: errors, margin: { absolute: 0.5% } }
`,
      },
      good: {
        "one-page.yaml": `metrics:
  primary: conversion
  secondary: [revenue]
  guardrails:
    - { metric: errors, margin: { absolute: 0.5% } }
`,
      },
    },
  },
  "margin/everything": {
    why: "A margin of 100% or more accepts that the metric falls to zero, so the guardrail guards nothing.",
    example: {
      bad: {
        "refactor.yaml": "metrics:\n  primary: { metric: conversion, goal: not-worse, margin: «100%» }\n",
      },
      good: {
        "refactor.yaml": "metrics:\n  primary: { metric: conversion, goal: not-worse, margin: 5% }\n",
      },
    },
  },
  "effect/of-zero": {
    why: "A relative effect is a share of the control's value. Of zero, or of less, it says nothing about size or direction.",
    example: {
      bad: {
        "metrics/revenue.yaml": "baseline: { mean: 0, standardDeviation: 22.8 }\n",
        "refactor.yaml": "metrics:\n  primary: { metric: revenue, goal: not-worse, margin: «5%» }\n",
      },
      good: {
        "metrics/revenue.yaml": "baseline: { mean: 0, standardDeviation: 22.8 }\n",
        "refactor.yaml":
          "metrics:\n  primary: { metric: revenue, goal: not-worse, margin: { absolute: 1 } }\n",
      },
    },
  },
  "effect/beyond-rate": {
    why: "A rate lies between 0% and 100%. The effect would take it beyond, so it can never be seen.",
    example: {
      bad: { "one-page.yaml": "mde: «250%»\n" },
      good: { "one-page.yaml": "mde: 20%\n" },
    },
  },
} satisfies Explanations;
