import { effectFinding, type Finding, marginFinding } from "../finding.ts";
import type { GuardrailStanding, Treatment, Trial } from "../trial.ts";

/** Every variant is harmful on the primary, or fails a guardrail that had its chance. */
export function findAllFailing(trial: Trial): readonly Finding[] {
  if (!trial.treatments.every((treatment) => isHarmful(treatment))) return [];
  return trial.treatments.flatMap((treatment) => harmfulFindings(trial, treatment));
}

/** No variant is free to ship, and some only for want of the units that its guardrails were planned with. */
export function findAllHeldBack(trial: Trial): readonly Finding[] {
  const { treatments } = trial;
  if (!treatments.every((treatment) => isHarmful(treatment) || isHeldBack(treatment))) return [];
  return treatments.filter((treatment) => !isHarmful(treatment)).flatMap(heldBackFindings);
}

function isHarmful({ harmful, guardrails }: Treatment): boolean {
  return harmful || guardrails.some(({ state }) => state === "worse" || state === "unsafe");
}

function isHeldBack({ guardrails }: Treatment): boolean {
  return guardrails.some(({ state }) => state === "underpowered");
}

/** What speaks against one variant. */
export function harmfulFindings({ primary }: Trial, treatment: Treatment): readonly Finding[] {
  const { harmful, comparison, guardrails } = treatment;
  return [
    ...(harmful ? [effectFinding("significantly-harmful", primary, comparison)] : []),
    ...guardrails.flatMap(guardrailFinding),
  ];
}

function guardrailFinding({ state, estimate, comparison }: GuardrailStanding): readonly Finding[] {
  if (state === "worse") return [effectFinding("guardrail-worse", estimate, comparison)];
  return state === "unsafe" ? [marginFinding("guardrail-not-shown-safe", estimate, comparison)] : [];
}

/** The guardrails of one variant that could not be judged yet. */
export function heldBackFindings({ guardrails }: Treatment): readonly Finding[] {
  return guardrails
    .filter(({ state }) => state === "underpowered")
    .map(({ estimate, comparison }) => marginFinding("guardrail-underpowered", estimate, comparison));
}
