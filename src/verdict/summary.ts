import type { Comparison, MetricEstimate } from "../inference/estimate.ts";
import { decidingComparisons } from "../inference/metric-estimate.ts";
import { formatBound, formatEffectSize } from "./effect-format.ts";
import type { Reason, Verdict } from "./generated/analysis.ts";
import { formatCount, formatPlainPercent, statePValue } from "./number-format.ts";
import { earlyWinner } from "./rules/early-win.ts";
import { type Winner, winnerOf } from "./rules/winning.ts";
import type { Trial } from "./trial.ts";
import { wordEffect, wordName } from "./wording.ts";

/** One line for a reader who sees nothing else: the decision and the number that made it. Plain text. */
export function summarise(trial: Trial, decision: Verdict["decision"], reasons: readonly Reason[]): string {
  const deciding = reasons.filter(({ decides }) => decides);
  if (decision === "ship") return shipSummary(trial);
  const clauses = deciding.map((reason) => CLAUSES[reason.code]?.(trial, reason) ?? reason.code);
  const [shown, rest] = [clauses.slice(0, 2), clauses.length - 2];
  return `${LEADS[decision]}: ${shown.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}.`;
}

const LEADS: Readonly<Record<Exclude<Verdict["decision"], "ship">, string>> = {
  invalid: "No verdict, the trial was not fair",
  "stop-harm": "Stop the experiment",
  "keep-running": "Keep running",
  "do-not-ship": "Do not ship",
  inconclusive: "Inconclusive",
};

function shipSummary(trial: Trial): string {
  const { experiment, primary, record } = trial;
  const winner = winnerOf(trial);
  if (winner === null) throw new Error(`nothing to ship in ${experiment.key}`);
  const { variant, treatments } = winner;
  const [{ comparison, guardrails }] = treatments;
  if (primary.effects.length > 0) return combinationSummary(trial, winner);
  const index = experiment.variants.findIndex(({ key }) => key === variant);
  const units = record.metrics.find(({ metric }) => metric === primary.metric)?.exposed[index] ?? 0;
  const gain =
    experiment.primary.goal === "not-worse"
      ? `${wordName(primary.name)} is not worse by its margin${marginWords(primary, variant)}`
      : `${wordName(primary.name)} ${wordEffect(primary, comparison)}`;
  const safe = guardrails.length === 0 ? "" : `, with every guardrail shown safe`;
  const early = earlyWinner(trial) === null ? "" : earlyWords(comparison);
  return `Ship ${variant}: ${gain} against ${experiment.control}, ${formatCount(units)} units in the variant${safe}${early}.`;
}

/** `Ship headline=bold,price=12: Orders +4% (+1% to +7%) for headline=bold; +2% (…) for price=12, each over the others' values.` */
function combinationSummary(trial: Trial, { variant, treatments }: Winner): string {
  const { experiment, primary } = trial;
  const gains = treatments.map((treatment) => {
    const gain =
      experiment.primary.goal === "not-worse"
        ? `not worse by its margin${marginWords(primary, treatment.variant)}`
        : wordEffect(primary, treatment.comparison);
    return `${gain} for ${treatment.variant}`;
  });
  const safe = treatments.some(({ guardrails }) => guardrails.length > 0)
    ? ", with every guardrail shown safe for each"
    : "";
  const early = earlyWinner(trial) === null ? "" : earlyWords(treatments[0].comparison);
  return `Ship ${variant}: ${wordName(primary.name)} ${gains.join(" and ")}${safe}${early}.`;
}

/** `; at look 12 with 63% of the planned units, before the planned end, which the design allows`. */
function earlyWords({ look }: Comparison): string {
  if (look === null) return "";
  const share = formatPlainPercent(Number(look.fraction.toFixed(2)));
  return `; at look ${look.number} with ${share} of the planned units, early as the design allows`;
}

type Clause = (trial: Trial, reason: Reason) => string;

/** What each deciding reason says, after the decision. */
const CLAUSES: Readonly<Partial<Record<Reason["code"], Clause>>> = {
  "srm-failed": ({ experiment, health }) => {
    const live = experiment.variants.filter(({ dropped }) => dropped === undefined);
    const units = live.map(({ key }) => {
      const [observed, expected] = [health.srm.observed[key] ?? 0, health.srm.expected[key] ?? 0];
      return `${formatCount(observed)} units in ${key} where ${formatCount(expected)} were expected`;
    });
    const p = health.srm.pValue === null ? "" : ` (${statePValue(health.srm.pValue)})`;
    return `the split is off, ${units.join(", ")}${p}`;
  },
  crossovers: ({ health: { crossovers } }) =>
    `${formatCount(crossovers.units)} units (${(crossovers.share * 100).toFixed(1)}%) saw more than one variant`,
  "empty-arm": (_, { variant }) => `${variant} has no units`,
  "part-of-units": () => "only units first exposed on some days are counted",
  "plan-changed": ({ registration }, { fields }) => {
    const at =
      registration && typeof registration === "object" ? ` at ${registration.commit.slice(0, 12)}` : "";
    return `the plan was changed after it was fixed${at} (${fields})`;
  },
  "harm-primary": (trial, reason) => `${reason.variant} is worse, ${effectOf(trial, reason)}`,
  "harm-guardrail": (trial, reason) =>
    `${reason.variant} is worse than a margin allows, ${effectOf(trial, reason)}, margin${marginOf(trial, reason)}`,
  "before-horizon": (trial, reason) => {
    const due = typeof reason.day === "string" ? `, and the decision is due by the end of ${reason.day}` : "";
    return `${progressOf(reason)}${due}${lookWords(trial, reason)}`;
  },
  "stopped-early": (_, reason) => `stopped before its planned end, ${progressOf(reason)}`,
  "significantly-harmful": (trial, reason) => `${reason.variant} is worse, ${effectOf(trial, reason)}`,
  "guardrail-worse": (trial, reason) =>
    `${reason.variant} is worse on a guardrail, ${effectOf(trial, reason)}`,
  "guardrail-not-shown-safe": (trial, reason) =>
    `${reason.variant} is not shown to keep ${nameOf(trial, reason)} within its margin${marginOf(trial, reason)}`,
  "guardrail-underpowered": (trial, reason) =>
    `too few units to show that ${reason.variant} keeps ${nameOf(trial, reason)} within its margin${marginOf(trial, reason)}`,
  "no-meaningful-effect": (trial, reason) => {
    const { mde } = trial.experiment;
    const size = mde === null ? "" : ` of ${formatEffectSize(trial.primary.kind, mde)}`;
    return `the effect of ${reason.variant} on ${nameOf(trial, reason)} is smaller than the MDE${size}`;
  },
  "parameters-interact": (trial, reason) =>
    `values of single parameters win on ${nameOf(trial, reason)}, their effects do not add up, and the combination of them does not win by itself`,
  underpowered: (trial, reason) =>
    trial.experiment.primary.goal === "not-worse"
      ? `${nameOf(trial, reason)} with ${reason.variant} is not shown to be within its margin${marginOf(trial, reason)}`
      : `${effectOf(trial, reason)} with ${reason.variant} is too uncertain to decide`,
  "small-counts": (trial, reason) =>
    `${reason.variant} wins on ${nameOf(trial, reason)} by too few conversions to trust the test`,
  "severely-skewed": (trial, reason) =>
    `${reason.variant} wins on ${nameOf(trial, reason)}, whose values are too skewed to trust the test`,
};

/** `; no win to act on by look 3`, where the design has looks. */
function lookWords({ experiment }: Trial, { look }: Reason): string {
  if (experiment.analysis.method === "fixed") return "";
  return typeof look === "number" ? `; no win to act on by look ${look}` : "; no look yet";
}

function progressOf(reason: Reason): string {
  const { units, planned, variant } = reason as { units?: number; planned?: number | null; variant?: string };
  if (typeof planned !== "number" || variant === undefined) return `${formatCount(units ?? 0)} units so far`;
  return `${formatCount(units ?? 0)} of ${formatCount(planned)} planned units in ${variant}`;
}

function estimateOf({ estimates, primary }: Trial, reason: Reason): MetricEstimate {
  const roles = reason.code.includes("guardrail") ? ["guardrail"] : ["primary"];
  return estimates.find(({ metric, role }) => metric === reason.metric && roles.includes(role)) ?? primary;
}

function nameOf(trial: Trial, reason: Reason): string {
  return wordName(estimateOf(trial, reason).name);
}

function effectOf(trial: Trial, reason: Reason): string {
  const estimate = estimateOf(trial, reason);
  const comparison = decidingComparisons(estimate).find(({ variant }) => variant === reason.variant);
  const effect = comparison ? ` ${wordEffect(estimate, comparison)}` : "";
  return wordName(estimate.name) + effect;
}

function marginOf(trial: Trial, reason: Reason): string {
  return marginWords(estimateOf(trial, reason), reason.variant ?? "");
}

/** ` of 5% (benefit at least −3.1%)`. */
function marginWords(estimate: MetricEstimate, name: string): string {
  const test = decidingComparisons(estimate).find(({ variant }) => variant === name)?.nonInferiority;
  if (!test) return "";
  const bound =
    test.bound === null
      ? ""
      : ` (benefit at least ${formatBound(estimate.kind, test.margin.kind, test.bound)})`;
  return ` of ${formatEffectSize(estimate.kind, test.margin)}${bound}`;
}
