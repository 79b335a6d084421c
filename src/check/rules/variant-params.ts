import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment, Variant } from "../../model/experiment.ts";
import type { Json } from "../../runtime/manifest.ts";
import type { Rule } from "../rule.ts";

const MOST_DIFFERENCES = 5;

/** App code reads params without knowing which variant it got: they have the same keys and types in all. */
export const variantParams: Rule = {
  codes: ["variants/params-differ"],
  check: ({ experiments }) =>
    experiments.filter(({ archived, draw }) => !archived && draw.kind === "variants").flatMap(problems),
};

function problems({ file, control, variants }: Experiment): readonly Diagnostic[] {
  const baseline = variants.find(({ key }) => key === control);
  if (baseline === undefined) return [];
  return variants.flatMap((variant) => {
    const found = variant === baseline ? [] : differences(variant.params, baseline.params, "");
    if (found.length === 0) return [];
    const args = { variant: variant.key, control, differences: shorten(found) };
    const related = [{ place: placeOf(file, baseline), label: `the params of \`${control}\`` }];
    return [diagnose("variants/params-differ", placeOf(file, variant), args, { related })];
  });
}

function placeOf(file: string, { key }: Variant) {
  return { file, path: ["variants", key, "params"], part: "key" as const };
}

/** What differs in shape, by key. A null stands for a value of any type; items of lists are not compared. */
function differences(found: Json, expected: Json, path: string): readonly string[] {
  if (found === null || expected === null) return [];
  if (!isMapping(found) || !isMapping(expected)) {
    const [is, was] = [typeOf(found), typeOf(expected)];
    return is === was ? [] : [`\`${path}\` is ${is}, not ${was}`];
  }
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  return keys.flatMap((key) => {
    const at = path === "" ? key : `${path}.${key}`;
    if (!Object.hasOwn(found, key)) return [`\`${at}\` is missing`];
    if (!Object.hasOwn(expected, key)) return [`\`${at}\` is only here`];
    return differences(found[key]!, expected[key]!, at);
  });
}

function isMapping(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function typeOf(value: Json): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "boolean") return "true or false";
  if (typeof value === "string") return "a text";
  return typeof value === "number" ? "a number" : "a mapping";
}

function shorten(found: readonly string[]): readonly string[] {
  const rest = found.length - MOST_DIFFERENCES;
  return rest > 0 ? [...found.slice(0, MOST_DIFFERENCES), `${rest} more`] : found;
}
