import type { Path } from "../diagnostics/place.ts";
import type { Attribute, Unit } from "../model/population.ts";
import type { PlanOutHash } from "../runtime/manifest.ts";
import { base } from "../runtime/planout.ts";
import type { HashDocument } from "../syntax/generated/documents.ts";
import { type Findings, refuse } from "./findings.ts";
import { find, type Names } from "./names.ts";

/** What PlanOut's hash may name, and what it takes where it says nothing. */
export interface PlanOutScope {
  /** Of the experiment. */
  readonly key: string;
  /** Null: it has a problem that is already reported. */
  readonly unit: Unit | null;
  readonly units: Names<Unit>;
  readonly attributes: Names<Attribute>;
}

type Salts = Exclude<HashDocument, string>["planout"];

/** PlanOut's hash of a parameter; null without one, and where it has no meaning. */
export function resolvePlanOut(
  findings: Findings,
  document: HashDocument | undefined,
  parameter: string,
  path: Path,
  scope: PlanOutScope,
): PlanOutHash | null {
  if (document === undefined) return null;
  const salts: Salts = document === "planout" ? {} : document.planout;
  const inner = [...path, "planout"];
  const { fullSalt } = salts;
  const other = (["experiment", "parameter"] as const).find((key) => salts[key] !== undefined);
  if (fullSalt !== undefined && other !== undefined)
    return refuse(findings, "hash/full-salt", [...inner, "fullSalt"], { other }, { part: "key" });
  const units = resolveUnits(findings, salts.units, [...inner, "units"], scope);
  if (units === null) return null;
  return {
    base: base(
      fullSalt === undefined
        ? { experiment: salts.experiment ?? scope.key, parameter: salts.parameter ?? parameter }
        : { fullSalt },
    ),
    units,
  };
}

/** The context keys of what is hashed together. */
function resolveUnits(
  findings: Findings,
  names: readonly string[] | undefined,
  path: Path,
  { unit, units, attributes }: PlanOutScope,
): readonly string[] | null {
  if (unit === null) return null;
  if (names === undefined) return [unit.id];
  const known = new Map<string, Unit | Attribute | null>([...attributes, ...units]);
  const found = names.map((name, index) => find(findings, known, name, "unit/unknown", [...path, index]));
  const keys = found.map((named, index): string | null => {
    if (named === null) return null;
    if ("id" in named) return named.id;
    const { key, type } = named;
    return type === "string"
      ? key
      : refuse(findings, "hash/unit-type", [...path, index], { attribute: key, type });
  });
  if (!keys.every((key) => key !== null)) return null;
  if (!keys.includes(unit.id)) return refuse(findings, "hash/own-unit", path, { unit: unit.key });
  return keys;
}
