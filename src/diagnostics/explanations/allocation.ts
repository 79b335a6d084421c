import type { Explanations } from "../explanation.ts";

/** A draft with this to assign. */
const draft = (allocation: string) => `name: Headline
status: draft
unit: user
metrics: { primary: conversion }
mde: 20%
${allocation}`;

const ORDER_SIZE = `name: Order size
kind: quantile
quantile: 95%
event: purchase
value: amount
window: 1d
better: higher
baseline: { value: 60, spread: 90 }
`;

/** A draft of two parameters, decided by a metric. */
const decidedBy = (metric: string, effects: string) => `name: Headline
status: draft
unit: user
metrics: { primary: ${metric} }
mde: 20%
parameters: { headline: { uniformChoice: [plain, bold] }, size: { uniformChoice: [small, large] } }
analysis: { effects: ${effects} }
`;

export const allocationExplanations = {
  "variants/not-two": {
    why: "A Bernoulli trial gives 1 with a probability, and else 0: the treatment or the control. A third variant has no number that could stand for it.",
    example: {
      bad: {
        "headline.yaml": draft(`«assign»: bernoulliTrial
variants: { control: { weight: 80% }, bold: { weight: 10% }, huge: { weight: 10% } }
`),
      },
      good: {
        "headline.yaml": draft(`assign: bernoulliTrial
variants: { control: { weight: 90% }, bold: { weight: 10% } }
`),
      },
    },
  },
  "variants/reserved-key": {
    why: "`match(arm, { … })` has a case for every variant, and the cases `unassigned` and `otherwise` for who has none. A variant of that name could not be told from them.",
    example: {
      bad: { "headline.yaml": draft("variants: { control: {}, «otherwise»: {} }\n") },
      good: { "headline.yaml": draft("variants: { control: {}, other: {} }\n") },
    },
  },
  "variants/dropped-baseline": {
    why: "The units of a dropped variant get the control's params, everybody else who has no variant gets those of the default, and every comparison is one with the control. What these rest on cannot be taken away alone.",
    example: {
      bad: {
        "headline.yaml": draft("variants: { control: { «dropped»: 2026-11-12 }, bold: {}, huge: {} }\n"),
      },
      good: {
        "headline.yaml": draft("variants: { control: {}, bold: { dropped: 2026-11-12 }, huge: {} }\n"),
      },
    },
  },
  "variants/nothing-left": {
    why: "With every treatment dropped, no unit meets anything new and no comparison is left: that is a stopped experiment, which should say so.",
    example: {
      bad: { "headline.yaml": draft("«variants»: { control: {}, bold: { dropped: 2026-11-12 } }\n") },
      good: { "headline.yaml": draft("variants: { control: {}, bold: {} }\n") },
    },
  },
  "parameters/unexpected-key": {
    why: "`parameters` stand in place of `variants`: each draws its value with an operator of its own, and the cell of all first values is the control. A key about variants would say the same thing twice, or another.",
    example: {
      bad: {
        "headline.yaml": draft(`«assign»: uniformChoice
parameters: { headline: { uniformChoice: [plain, bold] } }
`),
      },
      good: { "headline.yaml": draft("parameters: { headline: { uniformChoice: [plain, bold] } }\n") },
    },
  },
  "parameters/one-value": {
    why: "A parameter is compared with its own first value. With one value there is nothing to draw and nothing to compare.",
    example: {
      bad: { "headline.yaml": draft("parameters: { headline: { uniformChoice: «[plain]» } }\n") },
      good: { "headline.yaml": draft("parameters: { headline: { uniformChoice: [plain, bold] } }\n") },
    },
  },
  "parameters/same-value": {
    why: "Two equal values make two cells that nobody can tell apart: neither the app, which reads the value, nor the analysis.",
    example: {
      bad: { "headline.yaml": draft("parameters: { steps: { uniformChoice: [3, 1, «3»] } }\n") },
      good: {
        "headline.yaml": draft(`parameters:
  steps: { weightedChoice: [{ value: 3, weight: 66.6667% }, { value: 1, weight: 33.3333% }] }
`),
      },
    },
  },
  "parameters/weights-sum": {
    why: "The weights divide the units among the values. What is missing would go to nobody, and what is too much cannot be given.",
    example: {
      bad: {
        "headline.yaml": draft(`parameters:
  steps: { weightedChoice: «[{ value: 3, weight: 66% }, { value: 1, weight: 33% }]» }
`),
      },
      good: {
        "headline.yaml": draft(`parameters:
  steps: { weightedChoice: [{ value: 3, weight: 67% }, { value: 1, weight: 33% }] }
`),
      },
    },
  },
  "parameters/zero-weight": {
    why: "Nobody gets the value, so nothing can be learnt about it, and every comparison with it would be one with nothing.",
    example: {
      bad: {
        "headline.yaml": draft(`parameters:
  steps: { weightedChoice: [{ value: 3, weight: 100% }, { value: 1, weight: «0%» }] }
`),
      },
      good: {
        "headline.yaml": draft(`parameters:
  steps: { weightedChoice: [{ value: 3, weight: 90% }, { value: 1, weight: 10% }] }
`),
      },
    },
  },
  "parameters/empty-range": {
    why: "A value is drawn between `min` and `max`. Where they are equal there is nothing to draw, and where they are swapped nothing lies between them.",
    example: {
      bad: { "headline.yaml": draft("parameters: { steps: { randomInteger: { min: 3, max: «1» } } }\n") },
      good: { "headline.yaml": draft("parameters: { steps: { randomInteger: { min: 1, max: 3 } } }\n") },
    },
  },
  "parameters/too-many-cells": {
    why: "Every combination of values is a cell with a name, a type and a share, and the sample ratio test looks at all of them. A thousand is more than any traffic can fill.",
    example: {
      bad: {
        "headline.yaml": draft(`«parameters»:
${["a", "b", "c", "d"].map((name) => `  ${name}: { uniformChoice: [1, 2, 3, 4, 5, 6] }\n`).join("")}`),
      },
      good: {
        "headline.yaml": draft(`parameters:
${["b", "c", "d"].map((name) => `  ${name}: { uniformChoice: [1, 2, 3, 4, 5, 6] }\n`).join("")}`),
      },
    },
  },
  "parameters/no-dose": {
    why: "Where nearly every unit gets a value of its own there are no variants: no shares to test, no control, no mean per variant. What can be estimated is a trend over the number, and `analysis.dose` says over which.",
    example: {
      bad: {
        "headline.yaml": draft("parameters: { «price»: { randomFloat: { min: 7.99, max: 11.99 } } }\n"),
      },
      good: {
        "headline.yaml": draft(`parameters: { price: { randomFloat: { min: 7.99, max: 11.99 } } }
analysis: { dose: price }
`),
      },
    },
  },
  "analysis/dose": {
    why: "A linear trend needs a number for every unit, and at least two different ones.",
    example: {
      bad: {
        "headline.yaml":
          draft(`variants: { control: { params: { price: 9.99 } }, low: { params: { price: null } } }
analysis: { dose: «price» }
`),
      },
      good: {
        "headline.yaml":
          draft(`variants: { control: { params: { price: 9.99 } }, low: { params: { price: 7.99 } } }
analysis: { dose: price }
`),
      },
    },
  },
  "analysis/effects": {
    why: "Main effects compare the values of one parameter whatever the others are. Variants have no parts that could be compared so.",
    example: {
      bad: {
        "headline.yaml": draft("variants: { control: {}, bold: {} }\nanalysis: { effects: «main» }\n"),
      },
      good: {
        "headline.yaml": draft(`parameters: { headline: { uniformChoice: [plain, bold] } }
analysis: { effects: main }
`),
      },
    },
  },
  "analysis/effects-of-quantile": {
    why: "A main effect is found from the moments of variants taken together. A quantile has none that add up: it would have to be read off all units' values again. The primary and the guardrails decide by the main effects, so none of them can be a quantile; a secondary one is reported for each variant.",
    example: {
      bad: {
        "metrics/order-size.yaml": ORDER_SIZE,
        "headline.yaml": decidedBy("order-size", "«main»"),
      },
      good: {
        "metrics/order-size.yaml": ORDER_SIZE,
        "headline.yaml": decidedBy("order-size", "cells"),
      },
    },
  },
  "hash/full-salt": {
    why: "PlanOut's `full_salt` replaces the salts of the experiment and of the parameter. To write both would look as if both counted.",
    example: {
      bad: {
        "headline.yaml": draft(`variants: { control: {}, bold: {} }
hash: { planout: { experiment: Headline, «fullSalt»: headline-2019 } }
`),
      },
      good: {
        "headline.yaml": draft(`variants: { control: {}, bold: {} }
hash: { planout: { fullSalt: headline-2019 } }
`),
      },
    },
  },
  "hash/unit-type": {
    why: "PlanOut hashes the text that Python's `str` makes of a unit: `1.0`, `True`, `None`. Other languages write these in other ways, so a unit must be a text, which the app writes as Python did.",
    example: {
      bad: {
        "headline.yaml": draft(`variants: { control: {}, bold: {} }
runsOn: server
hash: { planout: { units: [user, «age»] } }
`),
      },
      good: {
        "headline.yaml": draft(`variants: { control: {}, bold: {} }
hash: { planout: { units: [user] } }
`),
      },
    },
  },
  "hash/own-unit": {
    why: "Exposures, shares and metrics are counted per unit of the experiment. If something else is what is randomised, units are not independent, and every interval is too narrow.",
    example: {
      bad: {
        "headline.yaml": draft(`variants: { control: {}, bold: {} }
hash: { planout: { units: «[org]» } }
`),
      },
      good: {
        "headline.yaml": draft(`variants: { control: {}, bold: {} }
hash: { planout: { units: [user] } }
`),
      },
    },
  },
  "hash/several-units": {
    why: "PlanOut can hash several things together, as in one draw per user and page. Then one user meets several variants, and what the user does cannot be counted for one of them: the analysis keeps the first and reports crossovers.",
    example: {
      bad: {
        "headline.yaml": draft(`variants: { control: {}, bold: {} }
hash: { planout: { units: «[user, country]» } }
`),
      },
      good: {
        "headline.yaml": draft(`variants: { control: {}, bold: {} }
hash: { planout: { units: [user] } }
`),
      },
    },
  },
  "hash/same-draw": {
    why: "Parameters are drawn independently because each hashes a salt of its own. With the same salt, a unit's value of one decides its value of the other, and most combinations never occur.",
    example: {
      bad: {
        "headline.yaml": draft(`hash: { planout: { fullSalt: headline-2019 } }
parameters:
  headline: { uniformChoice: [plain, bold] }
  «steps»: { uniformChoice: [3, 1] }
`),
      },
      good: {
        "headline.yaml": draft(`hash: { planout: { experiment: headline-2019 } }
parameters:
  headline: { uniformChoice: [plain, bold] }
  steps: { uniformChoice: [3, 1] }
`),
      },
    },
  },
} satisfies Explanations;
