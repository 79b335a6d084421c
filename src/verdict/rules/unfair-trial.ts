import type { Finding } from "../finding.ts";
import type { Trial } from "../trial.ts";
import { findChangedPlan } from "./changed-plan.ts";

/** The randomisation, its logging or the plan is broken: no metric can be compared. */
export function findUnfairTrial(trial: Trial): readonly Finding[] {
  const { experiment, record, health } = trial;
  const { srm, crossovers } = health;
  const findings: Finding[] = [];
  if (srm.status === "failed") findings.push({ code: "srm-failed", pValue: srm.pValue });
  if (crossovers.status === "failed") {
    findings.push({ code: "crossovers", units: crossovers.units, share: crossovers.share });
  }
  experiment.variants.forEach(({ dropped, key, share }, index) => {
    if (dropped === undefined && share > 0 && (record.enrolment.units[index] ?? 0) === 0)
      findings.push({ code: "empty-arm", variant: key });
  });
  return [...findings, ...findChangedPlan(trial)];
}
