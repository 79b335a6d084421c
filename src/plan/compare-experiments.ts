import type { Experiment } from "../model/experiment.ts";
import type { Json } from "../runtime/manifest.ts";
import { canonicalJson } from "./canonical-json.ts";
import { type FieldPath, isMapping, type Mapping, type Weight, weigh } from "./field-weight.ts";
import { writtenExperiment } from "./written-experiment.ts";

/** One difference between two versions of an experiment, in what its files resolve to. */
export interface FieldChange {
  /** The keys as in the experiment's YAML, with dots between: `metrics.primary.window`. */
  readonly field: string;
  /** The same, key by key. */
  readonly path: FieldPath;
  /** As written in YAML; null where there is none. In `unit`, `layer` and `metrics`, a mapping with a `key` stands for the thing of that name. */
  readonly before: Json;
  readonly after: Json;
  readonly weight: Weight;
}

/**
 * The differences by meaning, in the order of the language: order, spelling, formatting, and which file says it
 * do not count; a metric's window, an audience file or a project's default does, wherever it is used.
 */
export function compareExperiments(before: Experiment, after: Experiment): readonly FieldChange[] {
  return differences(writtenExperiment(before), writtenExperiment(after), [])
    .filter((difference) => difference.path[0] !== "order" || isReorder(difference))
    .map((difference) => ({
      ...difference,
      field: difference.path.join("."),
      weight: weigh(difference.path, before, after),
    }));
}

interface Difference {
  readonly path: FieldPath;
  readonly before: Json;
  readonly after: Json;
}

/** Of the same variants: which came and went is said elsewhere. */
function isReorder({ before, after }: Difference): boolean {
  const [then, now] = [before, after].map((order) => (Array.isArray(order) ? [...order].sort() : null));
  return then != null && now != null && canonicalJson(then) === canonicalJson(now);
}

/** Compared whole: their parts mean nothing alone. */
const WHOLE: readonly string[] = ["audience", "overrides", "exposure", "mde", "margin", "baseline", "where"];

/** Fields whose mappings have a `key` that names a thing. */
const NAMED: readonly string[] = ["unit", "layer", "metrics"];

function differences(before: Json, after: Json, path: FieldPath): readonly Difference[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (!isMapping(before) || !isMapping(after) || isWhole(path) || isOther(before, after, path))
    return [{ path, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => {
    const [then, now, deeper] = [memberOf(before, key), memberOf(after, key), [...path, key]];
    // A param that is null is there, and one that is missing is not.
    const appears = path[0] === "variants" && Object.hasOwn(before, key) !== Object.hasOwn(after, key);
    return appears ? [{ path: deeper, before: then, after: now }] : differences(then, now, deeper);
  });
}

/** Params are people's own: each is one value, whatever it holds. */
function isWhole(path: FieldPath): boolean {
  return path[0] === "variants" ? path.length > 3 : WHOLE.includes(path.at(-1) ?? "");
}

function isOther(before: Mapping, after: Mapping, [field = ""]: FieldPath): boolean {
  return NAMED.includes(field) && memberOf(before, "key") !== memberOf(after, "key");
}

function memberOf(mapping: Mapping, key: string): Json {
  return Object.hasOwn(mapping, key) ? mapping[key]! : null;
}
