import { words } from "../words.ts";

/** How chance gives variants and values: operators, parameters, hashes, what is dropped. */
export const allocationWords = {
  "variants/not-two": words<{ count: number }>({
    severity: "error",
    title: "A Bernoulli trial of more than two variants",
    message: ({ count }) =>
      `\`bernoulliTrial\` gives the treatment or not: it takes two variants, found ${count}`,
    help: () => "write `assign: weightedChoice`",
  }),
  "variants/reserved-key": words<{ variant: string }>({
    severity: "error",
    title: "A variant with the name of a case",
    message: ({ variant }) => `a variant cannot be called \`${variant}\``,
    help: ({ variant }) => `\`match(arm, { ${variant}: … })\` means another case by it; rename the variant`,
  }),
  "variants/dropped-baseline": words<{ variant: string; role: string }>({
    severity: "error",
    title: "A dropped variant that others rest on",
    message: ({ variant, role }) => `\`${variant}\` is ${role}, and cannot be dropped`,
    help: ({ role }) =>
      role === "the default"
        ? "name another variant under `default`"
        : "write `status: stopped` to take the experiment away",
  }),
  "variants/nothing-left": words<{ control: string }>({
    severity: "error",
    title: "Every treatment is dropped",
    message: ({ control }) => `only \`${control}\` is left, with nothing to compare it to`,
    help: () => "write `status: stopped`",
  }),
  "parameters/unexpected-key": words<{ key: string }>({
    severity: "error",
    title: "A key of variants beside parameters",
    message: ({ key }) => `\`${key}\` belongs to \`variants\`, and this experiment has \`parameters\``,
    help: ({ key }) =>
      key === "control"
        ? "remove it: the control is the cell of the first values"
        : "remove it: each parameter has an operator of its own",
  }),
  "parameters/one-value": words<{ parameter: string }>({
    severity: "error",
    title: "A parameter of one value",
    message: ({ parameter }) => `\`${parameter}\` has one value at most, so there is nothing to draw`,
    help: () => "give it two values or more, or remove it",
  }),
  "parameters/same-value": words<{ parameter: string; value: string }>({
    severity: "error",
    title: "A value that is given twice",
    message: ({ parameter, value }) => `\`${parameter}\` has the value \`${value}\` twice`,
    help: () => "remove one; `weightedChoice` makes a value more frequent",
  }),
  "parameters/weights-sum": words<{ parameter: string; sum: string }>({
    severity: "error",
    title: "Weights of a parameter that do not sum to 100%",
    message: ({ parameter, sum }) => `the weights of \`${parameter}\` sum to ${sum}, expected exactly 100%`,
  }),
  "parameters/zero-weight": words<{ parameter: string }>({
    severity: "error",
    title: "A value that nobody gets",
    message: ({ parameter }) => `a value of \`${parameter}\` has the weight 0%, so nobody gets it`,
    help: () => "remove the value, or give it a weight",
  }),
  "parameters/empty-range": words<{ parameter: string; min: number; max: number }>({
    severity: "error",
    title: "A range without a second value",
    message: ({ parameter, min, max }) =>
      `\`max\` of \`${parameter}\` (${max}) must be more than \`min\` (${min})`,
  }),
  "parameters/too-many-cells": words<{ count: number; most: number }>({
    severity: "error",
    title: "Too many combinations of values",
    message: ({ count, most }) =>
      `the parameters have ${count} combinations, at most ${most} can be told apart`,
    help: () => "give a parameter fewer values, or an experiment of its own",
  }),
  "parameters/no-dose": words<{ parameter: string }>({
    severity: "error",
    title: "Drawn values that nothing compares",
    message: ({ parameter }) =>
      `\`${parameter}\` has too many values to compare one by one, and \`analysis.dose\` names no trend over them`,
    help: ({ parameter }) => `write \`dose: ${parameter}\` under \`analysis\`, or draw from a few values`,
  }),
  "analysis/dose": words<{ dose: string; problem: string }>({
    severity: "error",
    title: "A dose that is no number",
    message: ({ dose, problem }) => `there is no trend over \`${dose}\`: ${problem}`,
    help: () => "name a param that is a number in every variant, and not the same in all",
  }),
  "analysis/effects": words<{ effects: string }>({
    severity: "error",
    title: "Effects of parameters without parameters",
    message: ({ effects }) =>
      `\`effects: ${effects}\` is about \`parameters\`, and this experiment has \`variants\``,
    help: () => "remove it: each variant is compared with the control",
  }),
  "analysis/effects-of-quantile": words<{ metric: string }>({
    severity: "error",
    title: "Main effects on a quantile",
    message: ({ metric }) =>
      `\`effects: main\` takes variants together, and \`${metric}\`, which decides, is a quantile: that of several variants together cannot be told from theirs`,
    help: () =>
      "write `effects: cells`, or decide by a metric that is no quantile and keep this one under `secondary`",
  }),
  "hash/full-salt": words<{ other: string }>({
    severity: "error",
    title: "A full salt beside another",
    message: ({ other }) => `\`fullSalt\` stands in place of \`${other}\`; only one of them can count`,
    help: () => "PlanOut ignores the others where `full_salt` is given: remove them",
  }),
  "hash/unit-type": words<{ attribute: string; type: string }>({
    severity: "error",
    title: "An attribute that cannot be hashed",
    message: ({ attribute, type }) => `\`${attribute}\` is a ${type}; only units and texts can be hashed`,
    help: () => "pass it as a text, as PlanOut's `str` would write it, and declare `type: string`",
  }),
  "hash/own-unit": words<{ unit: string }>({
    severity: "error",
    title: "A hash without the experiment's unit",
    message: ({ unit }) => `the unit of the experiment is \`${unit}\`, but it is not hashed`,
    help: ({ unit }) => `add \`${unit}\` to \`units\`, or make the experiment's unit what is hashed`,
  }),
  "hash/several-units": words<{ unit: string; others: readonly string[] }>({
    severity: "warning",
    title: "A unit can meet several variants",
    message: ({ unit, others }) =>
      `one \`${unit}\` meets another variant with each other ${others.map((key) => `\`${key}\``).join(", ")}`,
    help: () => "such units count as crossovers and stay in their first variant: hash the unit alone",
  }),
  "hash/same-draw": words<{ parameter: string; other: string }>({
    severity: "error",
    title: "Two parameters that are drawn alike",
    message: ({ parameter, other }) =>
      `\`${parameter}\` and \`${other}\` hash the same text, so that one decides the other`,
    help: () => "give each parameter a salt of its own",
  }),
};
