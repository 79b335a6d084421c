import type { Experiment } from "../model/experiment.ts";
import { WHOLE } from "../model/share.ts";
import { type SampleRatioTest, sampleRatioMismatch } from "../statistics/srm.ts";
import type { Counts, Health } from "./generated/analysis.ts";
import type { EnrolmentRecord } from "./record.ts";

/** The checks that stand above the metrics (A.16, A.19). */
export function assessHealth(experiment: Experiment, enrolment: EnrolmentRecord): Health {
  const byVariant = (counts: readonly number[]): Counts =>
    Object.fromEntries(experiment.variants.map(({ key }, index) => [key, counts[index] ?? 0]));
  const srm = sampleRatioMismatch(
    enrolment.units,
    experiment.variants.map(({ share }) => share / WHOLE),
  );
  const units = enrolment.units.reduce((sum, count) => sum + count, 0);
  const share = units > 0 ? enrolment.crossovers / units : 0;
  return {
    srm: {
      pValue: srm.pValue,
      status: sampleRatioStatus(srm),
      test: srm.test,
      observed: byVariant(enrolment.units),
      expected: byVariant(srm.expected),
    },
    crossovers: {
      units: enrolment.crossovers,
      share,
      status: share > 0.01 && enrolment.crossovers >= 10 ? "failed" : "ok",
    },
    excluded: Object.fromEntries(
      Object.entries(enrolment.excluded).map(([reason, counts]) => [reason, byVariant(counts)]),
    ),
  };
}

function sampleRatioStatus({ leak, pValue }: SampleRatioTest): Health["srm"]["status"] {
  if (leak) return "failed";
  if (pValue === null) return "not-computable";
  if (pValue < 0.001) return "failed";
  return pValue < 0.01 ? "warning" : "ok";
}
