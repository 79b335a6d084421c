import type { Place } from "../diagnostics/place.ts";
import type { Experiment } from "../model/experiment.ts";

/** Where an experiment names what is hashed beside its unit: in its hash, or where not all parameters do, in theirs. */
export function placeOfHashUnits({ draw, file, unit }: Experiment): Place {
  const common = { file, path: ["hash", "planout", "units"] };
  if (draw.kind === "variants") return common;
  const splits = draw.parameters.filter(({ planout }) => planout?.units.some((key) => key !== unit.id));
  const [first] = splits;
  if (first === undefined || splits.length === draw.parameters.length) return common;
  return { file, path: ["parameters", first.name, "hash", "planout", "units"] };
}
