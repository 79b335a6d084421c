import type { Explanations } from "../explanation.ts";

const ORDER_SIZE = `name: Order size
kind: quantile
quantile: 95%
event: purchase
value: amount
window: 1d
better: higher
baseline: { value: 60, spread: 90 }
`;

export const looksExplanations = {
  "looks/no-window": {
    why: "A look compares units that have had the same time to act. With a window that is so: a unit counts once its window has passed, and never changes after. Without one, units that came today are mixed with units of last month, what was counted changes from look to look, and the error rate that the design promises does not hold: over windows that had partly passed, 95% sequences missed the truth in 57% of simulated trials.\n\nThe primary metric and every guardrail decide, so each needs a window. Secondary metrics do not.",
    example: {
      bad: {
        "one-page.yaml":
          "analysis: { method: group-sequential }\nmetrics: { primary: conversion, guardrails: [{ metric: «basket», margin: 20% }] }\nmde: 10%\n",
      },
      good: {
        "metrics/basket.yaml": "window: 7d\n",
        "one-page.yaml":
          "analysis: { method: group-sequential }\nmetrics: { primary: conversion, guardrails: [{ metric: basket, margin: 20% }] }\nmde: 10%\n",
      },
    },
  },
  "looks/single-look": {
    why: "A design with several looks follows a trial by its days: what each day's units brought is added to what was there. A quantile of all values is not a sum over days. Of a metric with `per`, a unit that came on the first day gains members after it, so that its day is never over. Such a metric keeps the test of one look, which is right at the end of the run and not before: no look ends the run by it, and the units that the design adds for looking are spent for nothing.",
    example: {
      bad: {
        "metrics/order-size.yaml": ORDER_SIZE,
        "one-page.yaml":
          "analysis: { method: group-sequential }\nmetrics: { primary: «order-size», guardrails: [{ metric: errors, margin: 20% }] }\nmde: 20%\n",
      },
      good: {
        "metrics/order-size.yaml": ORDER_SIZE,
        "one-page.yaml":
          "analysis: { method: fixed }\nmetrics: { primary: order-size, guardrails: [{ metric: errors, margin: 20% }] }\nmde: 20%\n",
      },
    },
  },
  "looks/no-time": {
    why: "A design with several looks takes each as the data were then, a day or a week at a time, from the time of each exposure. Rows without times show only how it ended, and that is one look.",
    example: {
      bad: {
        "project.yaml":
          "warehouse:\n  sources:\n    exposures:\n      columns: { experiment: experiment, variant: variant }\n",
        "metrics/conversion.yaml": "# no window\n",
        "metrics/errors.yaml": "# no window\n",
        "metrics/revenue.yaml": "# no window\n",
        "metrics/orders.yaml": "# no window\n",
        "one-page.yaml": "analysis: { method: «group-sequential» }\n",
      },
      good: {
        "project.yaml":
          "warehouse:\n  sources:\n    exposures:\n      columns: { experiment: experiment, variant: variant, timestamp: ts }\n",
        "one-page.yaml": "analysis: { method: group-sequential }\n",
      },
    },
  },
} satisfies Explanations;
