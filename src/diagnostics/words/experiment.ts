import { words } from "../words.ts";

/** Variants, statuses, dates and decisions of an experiment. */
export const experimentWords = {
  "variants/too-few": words<{ count: number }>({
    severity: "error",
    title: "Fewer than two variants",
    message: ({ count }) => `an experiment compares at least two variants, found ${count}`,
  }),
  "variants/weights-sum": words<{ sum: string; difference: string }>({
    severity: "error",
    title: "Weights that do not sum to 100%",
    message: ({ sum }) => `the weights sum to ${sum}, expected exactly 100%`,
    help: ({ difference }) => difference,
  }),
  "variants/zero-weight": words<{ variant: string }>({
    severity: "error",
    title: "A variant that nobody gets",
    message: ({ variant }) => `\`${variant}\` has the weight 0%, so nobody gets it`,
    help: () => "remove the variant, or give it a weight",
  }),
  "variants/params-differ": words<{ variant: string; control: string; differences: readonly string[] }>({
    severity: "warning",
    title: "Params of different shapes",
    message: ({ variant, control, differences }) =>
      `the params of \`${variant}\` have another shape than those of \`${control}\`: ${differences.join(", ")}`,
    help: () => "give every variant the same params; one that it does not use can be `null`",
  }),
  "running/incomplete": words<{ missing: readonly string[] }>({
    severity: "error",
    title: "A running experiment without what it must have",
    message: ({ missing }) =>
      `a running experiment must have ${missing.map((key) => `\`${key}\``).join(", ")}`,
  }),
  "dates/order": words<{ earlier: string; later: string; from: string; to: string; relation: string }>({
    severity: "error",
    title: "Dates out of order",
    message: ({ earlier, later, from, to, relation }) =>
      `\`${later}\` (${to}) must be ${relation} \`${earlier}\` (${from})`,
  }),
  "analysis/days-order": words<{ minDays: number; maxDays: number }>({
    severity: "error",
    title: "The shortest run is longer than the longest",
    message: ({ minDays, maxDays }) => `\`minDays\` (${minDays}) is more than \`maxDays\` (${maxDays})`,
  }),
  "analysis/lenient-alpha": words<{ alpha: string }>({
    severity: "warning",
    title: "An error rate above 10%",
    message: ({ alpha }) => `with \`alpha: ${alpha}\` ${alpha} of trials without any effect find one`,
    help: () => "10% at most is usual, 5% the default",
  }),
  "decision/missing": words<Record<never, never>>({
    severity: "error",
    title: "A concluded experiment without a decision",
    message: () => "a concluded experiment must have a `decision`: which variant everybody gets, and why",
    help: () =>
      "add `decision` with `ship`, `date`, `by`, `verdict` and `evidence`: `fairtrial analyze <key> --format json` has the last two",
  }),
  "decision/too-early": words<{ status: string }>({
    severity: "error",
    title: "A decision on an experiment that is not concluded",
    message: ({ status }) => `there is a decision, but the experiment is ${status}`,
    help: () => "write `status: concluded`, or remove the decision",
  }),
  "decision/without-reason": words<{ ship: string; verdict: string }>({
    severity: "error",
    title: "A decision that differs from the verdict without saying why",
    message: ({ ship, verdict }) =>
      `\`${ship}\` was shipped although the verdict was \`${verdict}\`; \`why\` is missing`,
    help: () => "say in `why` what the decision rests on",
  }),
  "archive/not-concluded": words<{ status: string }>({
    severity: "error",
    title: "An archived experiment that is not concluded",
    message: ({ status }) => `only concluded experiments can be archived; this one is ${status}`,
    help: () => "conclude it first, or move the file out of `archive/`",
  }),
  "names/same-key": words<{ key: string }>({
    severity: "error",
    title: "Two experiments of one key",
    message: ({ key }) => `there are two experiments \`${key}\``,
    help: () => "rename one of the files; a second run of an experiment is a new `iteration`",
  }),
  "names/same-identifier": words<{ key: string; other: string; identifier: string }>({
    severity: "error",
    title: "Two experiments with one name in generated code",
    message: ({ key, other, identifier }) =>
      `\`${key}\` and \`${other}\` would both be \`${identifier}\` in generated code`,
    help: () => "rename one of the files",
  }),
  "names/same-hash": words<{
    experiment: string;
    draws: string;
    /** Empty: the holdout. */
    other: string;
    otherDraws: string;
    /** The next one that is free; 0 where an iteration changes nothing. */
    iteration: number;
    /** Whose hash it is; empty: the experiment's own. */
    layer: string;
  }>({
    severity: "error",
    title: "Two draws that always go together",
    message: ({ experiment, draws, other, otherDraws }) =>
      `${draws} \`${experiment}\` and ${other === "" ? otherDraws : `${otherDraws} \`${other}\``} would be drawn alike: the hashes of their names are the same`,
    help: ({ iteration, layer }) =>
      layer !== ""
        ? `rename the layer \`${layer}\``
        : iteration > 0
          ? `write \`iteration: ${iteration}\`, or rename the file`
          : "rename the file, or give the experiment a range of a layer",
  }),
  "names/unit-and-attribute": words<{ name: string; unit: string }>({
    severity: "error",
    title: "An attribute bears the name of a unit's id",
    message: ({ name, unit }) => `the attribute \`${name}\` bears the name of the id of the unit \`${unit}\``,
    help: () => "both would be the same key of the context that an app passes; rename one",
  }),
};
