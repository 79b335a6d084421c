import type { Finding } from "./finding.ts";
import { recordFindings } from "./rules/changed-plan.ts";
import { harmfulFindings, heldBackFindings } from "./rules/failing.ts";
import { barFindings } from "./rules/undecided.ts";
import { checkFindings } from "./rules/warned-checks.ts";
import { interactionFinding, winFinding, winnerOf } from "./rules/winning.ts";
import type { Treatment, Trial } from "./trial.ts";

/** What is worth knowing beside the decision: doubts about the plan and the data, and what else was found on each variant. */
export function findCircumstances(trial: Trial): readonly Finding[] {
  return [
    ...recordFindings(trial),
    ...dataFindings(trial),
    ...trial.treatments.flatMap((treatment) => variantFindings(trial, treatment)),
  ];
}

function dataFindings(trial: Trial): readonly Finding[] {
  const { record, health } = trial;
  const { unknownVariants, excluded } = record.enrolment;
  const rows = Object.values(excluded)
    .flat()
    .reduce((sum, count) => sum + count, 0);
  const findings: Finding[] = [];
  if (health.srm.status === "warning") findings.push({ code: "srm-warning", pValue: health.srm.pValue });
  if (record.horizon.by === "final-data") findings.push({ code: "data-without-horizon" });
  if (unknownVariants.length > 0) {
    findings.push({
      code: "unknown-variant",
      variants: unknownVariants.slice(0, 5).join(", "),
      count: unknownVariants.length,
    });
  }
  if (rows > 0) findings.push({ code: "excluded-exposures", rows });
  findings.push(...checkFindings(trial));
  const winner = winnerOf(trial);
  if (winner !== null && trial.treatments.length > 1) {
    findings.push({ code: "winners-curse", variant: winner.variant, variants: trial.treatments.length });
  }
  return [...findings, ...interactionFinding(trial)];
}

/** Before the horizon a guardrail is naturally not shown safe yet: only significant findings count then. */
function variantFindings(trial: Trial, treatment: Treatment): readonly Finding[] {
  const { comparison, variant, wins } = treatment;
  const against = harmfulFindings(trial, treatment);
  const skewed: Finding = {
    code: "skewed",
    metric: trial.primary.metric,
    variant,
    skewness: comparison.skewness,
  };
  return [
    ...(wins ? [winFinding(trial, treatment)] : []),
    ...(trial.record.horizon.reached
      ? [...against, ...heldBackFindings(treatment)]
      : against.filter(({ code }) => code !== "guardrail-not-shown-safe")),
    ...barFindings(trial, treatment),
    ...(comparison.notes.includes("skewed") ? [skewed] : []),
  ];
}
