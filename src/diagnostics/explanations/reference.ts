import type { Explanations } from "../explanation.ts";

export const referenceExplanations = {
  "unit/unknown": {
    why: "A unit is what is randomised. It is declared once, with the name of its id in an app's context, and everything else refers to it.",
    example: {
      bad: { "refactor.yaml": "unit: «usr»\n" },
      good: { "refactor.yaml": "unit: user\n" },
    },
  },
  "attribute/unknown": {
    why: "An app must pass every attribute that a condition reads, and its type decides which conditions make sense. A missing attribute fails every condition, so a misspelled one would match nobody.",
    example: {
      bad: { "audiences/insiders.yaml": "when: { any: [{ «emploee»: true }, shoppers] }\n" },
      good: { "audiences/insiders.yaml": "when: { any: [{ employee: true }, shoppers] }\n" },
    },
  },
  "layer/unknown": {
    why: "Experiments exclude each other only in the same layer. A layer of a misspelled name would hold this experiment alone.",
    example: {
      bad: { "refactor.yaml": "layer: { name: «chekout», from: 40%, to: 100% }\n" },
      good: { "refactor.yaml": "layer: { name: checkout, from: 40%, to: 100% }\n" },
    },
  },
  "event/unknown": {
    why: "Events are declared with their units and properties, so that metrics, exposures and the app's `track` calls agree on them.",
    example: {
      bad: { "refactor.yaml": "exposure: { event: «Checklist Seen» }\n" },
      good: { "refactor.yaml": "exposure: { event: Checklist Viewed }\n" },
    },
  },
  "source/unknown": {
    why: "A source says in which files an event's rows are and what their columns are called.",
    example: {
      bad: { "project.yaml": "events:\n  sign-up: { source: «ap», units: [user] }\n" },
      good: { "project.yaml": "events:\n  sign-up: { source: app, units: [user] }\n" },
    },
  },
  "source/missing": {
    why: "With several sources of events, nothing says which of them holds the rows of this one.",
    example: {
      bad: {
        "project.yaml": `events:
  «sign-up»: { units: [user] }
warehouse:
  sources:
    web: { from: web.csv, units: { user: id }, columns: { event: event, timestamp: ts } }
`,
      },
      good: {
        "project.yaml": `events:
  sign-up: { source: web, units: [user] }
warehouse:
  sources:
    web: { from: web.csv, units: { user: id }, columns: { event: event, timestamp: ts } }
`,
      },
    },
  },
  "metric/unknown": {
    why: "Metrics are described once, in the registry, so that two experiments that name one metric measure the same thing.",
    example: {
      bad: { "one-page.yaml": "metrics: { primary: «conversions» }\n" },
      good: { "one-page.yaml": "metrics: { primary: conversion }\n" },
    },
  },
  "audience/unknown": {
    why: "A text in place of a condition names an audience file. There is none of this name.",
    example: {
      bad: { "one-page.yaml": "audience: «shopers»\n" },
      good: { "one-page.yaml": "audience: shoppers\n" },
    },
  },
  "variant/unknown": {
    why: "The control, the default, an override or a decision names a variant that nobody can get. Where no `control` is named, it is the variant `control`.",
    example: {
      bad: { "one-page.yaml": "overrides:\n  - { variant: «one-pag», when: { employee: true } }\n" },
      good: { "one-page.yaml": "overrides:\n  - { variant: one-page, when: { employee: true } }\n" },
    },
  },
  "property/unknown": {
    why: "Each property of an event is a column of its source. A metric over a column that no event has would be empty.",
    example: {
      bad: { "metrics/basket.yaml": "value: «amuont»\n" },
      good: { "metrics/basket.yaml": "value: amount\n" },
    },
  },
} satisfies Explanations;
