import type { Experiment } from "../../model/experiment.ts";
import type { AssignmentAuditCheck, OtherSpecCheck } from "../generated/analysis.ts";
import type { HealthRecord } from "../health-record.ts";
import { byVariant } from "./split.ts";

/** The share of exposures or units that may be otherwise: a deployment takes a while to reach everybody. */
const FEW = 0.001;

/** Exposures that say that their variant came from another plan. */
export function checkSpecs(experiment: Experiment, { otherSpec }: HealthRecord): readonly OtherSpecCheck[] {
  if (otherSpec === undefined) return [];
  const [rows, all] = [sum(otherSpec.rows), sum(otherSpec.of)];
  const share = all === 0 ? 0 : rows / all;
  const status = share > FEW ? "warning" : "ok";
  return [{ check: "other-spec", status, rows: byVariant(experiment, otherSpec.rows), share }];
}

/** Assignment is a function of the unit: what was logged must be what it gives. */
export function checkAssignment(
  { variants }: Experiment,
  { audit }: HealthRecord,
): readonly AssignmentAuditCheck[] {
  if (audit === undefined) return [];
  const keys = variants.map(({ key }) => key);
  const pairs = audit.units.flatMap((row, logged) =>
    row.flatMap((units, given) =>
      given === logged || units === 0 ? [] : [{ logged: keys[logged]!, given: keys[given] ?? null, units }],
    ),
  );
  const checked = sum(audit.units.map(sum));
  const unassigned = sum(pairs.filter(({ given }) => given === null).map(({ units }) => units));
  const wrong = sum(pairs.map(({ units }) => units));
  const isFew = checked === 0 || wrong / checked <= FEW;
  return [
    {
      check: "assignment-audit",
      status: isFew ? "ok" : isUnrelated(audit.units, keys.length) ? "not-computable" : "warning",
      basis: audit.basis,
      checked,
      different: wrong - unassigned,
      unassigned,
      pairs: pairs.sort((a, b) => b.units - a.units),
    },
  ];
}

/** Logged and given variants agree no more often than independent ones do, by four standard errors. */
function isUnrelated(units: readonly (readonly number[])[], variants: number): boolean {
  const assigned = units.map((row) => row.slice(0, variants));
  const total = sum(assigned.map(sum));
  if (total === 0) return false;
  const agreeing = sum(assigned.map((row, index) => row[index] ?? 0));
  const chance = sum(
    assigned.map(
      (row, index) => (sum(row) / total) * (sum(assigned.map((each) => each[index] ?? 0)) / total),
    ),
  );
  return agreeing <= total * chance + 4 * Math.sqrt(total * chance * (1 - chance));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
