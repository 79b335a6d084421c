import type { Path } from "../diagnostics/place.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Attribute } from "../model/population.ts";
import { WHOLE } from "../model/share.ts";
import type { ExperimentDocument } from "../syntax/generated/documents.ts";
import { milliseconds } from "./duration.ts";
import type { Findings } from "./findings.ts";
import { find, type Names } from "./names.ts";
import { type Range, resolveFraction } from "./percentage.ts";

type Analysis = Experiment["analysis"];

const ALPHA: Range = {
  accepts: (parts) => parts > 0 && parts < WHOLE / 2,
  expected: "more than 0% and less than 50%",
};

const POWER: Range = {
  accepts: (parts) => parts >= WHOLE / 2 && parts < WHOLE,
  expected: "at least 50% and less than 100%",
};

/** What holds where neither the experiment nor the project says anything. */
export const ANALYSIS: Analysis = {
  alpha: 0.05,
  power: 0.8,
  method: "fixed",
  minDays: 14,
  maxDays: 56,
  cuped: null,
  breakdowns: [],
  trigger: null,
};

/** What both an experiment and the project's defaults may say. */
type AnalysisDocument = Pick<
  NonNullable<ExperimentDocument["analysis"]>,
  "alpha" | "power" | "method" | "minDays" | "maxDays" | "cuped" | "breakdowns"
>;

/** How results are judged: what is written, over what holds without it. */
export function resolveAnalysis(
  findings: Findings,
  document: AnalysisDocument = {},
  inherited: Analysis,
  attributes: Names<Attribute>,
  path: Path,
): Analysis {
  const { alpha, power, method, minDays, maxDays, cuped, breakdowns } = document;
  return {
    alpha: orElse(alpha, inherited.alpha, (text) =>
      resolveFraction(findings, text, ALPHA, [...path, "alpha"]),
    ),
    power: orElse(power, inherited.power, (text) =>
      resolveFraction(findings, text, POWER, [...path, "power"]),
    ),
    method: method ?? inherited.method,
    minDays: minDays ?? inherited.minDays,
    maxDays: maxDays ?? inherited.maxDays,
    cuped: cuped === undefined ? inherited.cuped : cuped === "off" ? null : milliseconds(cuped),
    breakdowns: breakdowns
      ? resolveBreakdowns(findings, breakdowns, attributes, [...path, "breakdowns"])
      : inherited.breakdowns,
    trigger: inherited.trigger,
  };
}

function resolveBreakdowns(
  findings: Findings,
  document: readonly string[],
  attributes: Names<Attribute>,
  path: Path,
): readonly string[] {
  const known = document.filter((attribute, index) =>
    find(findings, attributes, attribute, "attribute/unknown", [...path, index]),
  );
  return [...new Set(known)];
}

function orElse(
  text: string | undefined,
  inherited: number,
  resolve: (text: string) => number | null,
): number {
  return text === undefined ? inherited : (resolve(text) ?? inherited);
}
