import type { Finding } from "../finding.ts";
import type { Check } from "../generated/analysis.ts";
import type { Trial } from "../trial.ts";

/** What the checks warn of, one reason each; none decides (A.16, A.20). */
export function checkFindings({ checks }: Trial): readonly Finding[] {
  const seen = new Set<string>();
  return checks.flatMap((check) => {
    if (check.status !== "warning") return [];
    const finding = findingOf(check);
    // Of several attributes or experiments the first stands for all: the checks themselves hold the rest.
    if (finding === null || seen.has(finding.code)) return [];
    seen.add(finding.code);
    return [finding];
  });
}

function findingOf(check: Check): Finding | null {
  switch (check.check) {
    case "sequential-srm":
    case "joined-events":
      return null;
    case "srm-by-day": {
      const worst = foremost(check.days);
      return { code: check.check, pValue: check.pValue, day: worst?.day ?? null };
    }
    case "date-gaps": {
      const [first] = check.gaps;
      return {
        code: check.check,
        days: check.gaps.length,
        day: first?.day ?? null,
        variants: first?.variants.join(", ") ?? null,
      };
    }
    case "srm-by-breakdown": {
      const worst = foremost(check.values);
      const { attribute, pValue } = check;
      return {
        code: check.check,
        attribute,
        value: worst?.value ?? null,
        other: worst?.other ?? false,
        pValue,
      };
    }
    case "uneven-exclusions":
      return { code: check.check, reason: foremost(check.reasons)?.reason ?? null, pValue: check.pValue };
    case "other-spec":
      return { code: check.check, rows: sum(Object.values(check.rows)), share: check.share };
    case "assignment-audit": {
      const { basis, checked, different, unassigned } = check;
      return { code: check.check, basis, checked, different, unassigned };
    }
    case "covariate-imbalance":
      return { code: check.check, ...nameOf(foremost(check.covariates)), pValue: check.pValue };
    case "novelty": {
      const worst = foremost(check.variants);
      return { code: check.check, ...nameOf(worst), slope: worst?.slope ?? null, pValue: check.pValue };
    }
    case "surprising-effect": {
      const [most] = [...check.effects].sort((a, b) => b.times - a.times);
      return { code: check.check, ...nameOf(most), times: most?.times ?? null };
    }
    case "stale-source": {
      const [worst] = [...check.sources].sort((a, b) => b.hoursBehind - a.hoursBehind);
      return { code: check.check, source: worst?.source ?? null, hoursBehind: worst?.hoursBehind ?? null };
    }
    case "silent-metrics":
      return { code: check.check, metrics: check.metrics.join(", "), count: check.metrics.length };
    case "early-events":
      return { code: check.check, source: foremost(check.sources)?.source ?? null, pValue: check.pValue };
    case "experiments-interact":
      return {
        code: check.check,
        experiment: check.experiment,
        pValue: check.pValue,
        independence: check.independence,
      };
    case "repeated-rows": {
      const events = check.sources.filter(({ source }) => source !== "exposures");
      const [worst] = events.sort((a, b) => b.repeated / b.rows - a.repeated / a.rows);
      return worst ? { code: check.check, ...worst } : null;
    }
  }
}

/** The one whose p-value is least. */
function foremost<Test extends { readonly pValue: number | null }>(tests: readonly Test[]): Test | undefined {
  return [...tests].sort((a, b) => (a.pValue ?? 1) - (b.pValue ?? 1))[0];
}

function nameOf(found: { readonly variant: string; readonly metric?: string } | undefined) {
  return {
    ...(found && { variant: found.variant }),
    ...(found?.metric !== undefined && { metric: found.metric }),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
