import type { Explanations } from "../explanation.ts";

export const analysisExplanations = {
  "cuped/no-time": {
    why: "CUPED takes out of each unit's value what its value before exposure tells of it (Deng, Xu, Kohavi, Walker, 2013). What came before and what after is known only where rows have times.",
    example: {
      bad: {
        "project.yaml":
          "warehouse:\n  sources:\n    exposures:\n      columns: { experiment: experiment, variant: variant }\n",
        "metrics/conversion.yaml": "# no window\n",
        "metrics/errors.yaml": "# no window\n",
        "metrics/revenue.yaml": "# no window\n",
        "metrics/orders.yaml": "# no window\n",
        "one-page.yaml": "analysis: { cuped: «14d» }\n",
      },
      good: {
        "project.yaml":
          "warehouse:\n  sources:\n    exposures:\n      columns: { experiment: experiment, variant: variant, timestamp: ts }\n",
        "one-page.yaml": "analysis: { cuped: 14d }\n",
      },
    },
  },
  "breakdown/not-exposed": {
    why: "A breakdown splits results by what a unit was when it was exposed. That is known for the attributes that `warehouse.sources.exposures.attributes` lists (of one row per unit, `warehouse.perUnit.attributes`); each is a column of the same name. What became of a unit later may be an effect of its variant, and says nothing.",
    example: {
      bad: { "one-page.yaml": "analysis: { breakdowns: [country, «appVersion»] }\n" },
      good: { "one-page.yaml": "analysis: { breakdowns: [country] }\n" },
    },
  },
  "trigger/other-unit": {
    why: "A trigger says which of the experiment's units count. An event whose rows carry no id of that unit can bring none of them in.",
    example: {
      bad: {
        "project.yaml": "events:\n  cart-seen: { source: app, units: [org] }\n",
        "one-page.yaml": "analysis: { trigger: { event: «cart-seen» } }\n",
      },
      good: {
        "project.yaml": "events:\n  cart-seen: { source: app, units: [user, org] }\n",
        "one-page.yaml": "analysis: { trigger: { event: cart-seen } }\n",
      },
    },
  },
  "trigger/no-time": {
    why: "Units count from their first trigger event at or after their exposure. Without times nothing says what came first.",
    example: {
      bad: {
        "project.yaml": `events:
  tap: { source: taps, units: [user] }
warehouse:
  sources:
    taps: { from: taps.csv, units: { user: id }, columns: { event: event } }
`,
        "one-page.yaml": "analysis: { trigger: { event: «tap» } }\n",
      },
      good: {
        "project.yaml": `events:
  tap: { source: taps, units: [user] }
warehouse:
  sources:
    taps: { from: taps.csv, units: { user: id }, columns: { event: event, timestamp: ts } }
`,
        "one-page.yaml": "analysis: { trigger: { event: tap } }\n",
      },
    },
  },
  "trigger/is-exposure": {
    why: "The event exposes a unit, so that every exposed unit has it at once: the trigger leaves nobody out.",
    example: {
      bad: {
        "one-page.yaml":
          "exposure: { event: Checklist Viewed }\nanalysis: { trigger: { event: «Checklist Viewed» } }\n",
      },
      good: { "one-page.yaml": "exposure: { event: Checklist Viewed }\n" },
    },
  },
} satisfies Explanations;
