/** A kind of experiment that `new` can begin. */
export interface Template {
  readonly summary: string;
  /** `not-worse`: the primary metric must be shown not worse than a margin. */
  readonly goal: "better" | "not-worse";
  /** The YAML of `variants`, and of what decides how they are drawn. */
  readonly variants: string;
}

/** By the name that `--template` takes; the first is the default. */
export const TEMPLATES: ReadonlyMap<string, Template> = new Map([
  [
    "ab",
    {
      summary: "one treatment against the control, half and half",
      goal: "better",
      variants: `variants:
  control:
    weight: 50%
  treatment:
    weight: 50%
`,
    },
  ],
  [
    "abn",
    {
      summary: "several treatments that differ in a parameter, all alike",
      goal: "better",
      variants: `assign: uniformChoice
variants:
  control:
    params:
      choice: current
  first:
    params:
      choice: first
  second:
    params:
      choice: second
`,
    },
  ],
  [
    "holdback",
    {
      summary: "a launch that keeps 10% on the old experience, to measure what it brought",
      goal: "better",
      variants: `default: launched
variants:
  control:
    weight: 10%
  launched:
    weight: 90%
`,
    },
  ],
  [
    "refactor",
    {
      summary: "a replacement that must be shown not worse",
      goal: "not-worse",
      variants: `variants:
  control:
    weight: 50%
  replacement:
    weight: 50%
`,
    },
  ],
]);
