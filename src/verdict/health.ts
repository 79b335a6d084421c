import type { Experiment } from "../model/experiment.ts";
import { WHOLE } from "../model/share.ts";
import { type SampleRatioTest, sampleRatioMismatch } from "../statistics/srm.ts";
import type { Counts, Health } from "./generated/analysis.ts";
import type { EnrolmentRecord } from "./record.ts";

/** The checks that stand above the metrics (A.16, A.19). */
export function assessHealth(experiment: Experiment, enrolment: EnrolmentRecord): Health {
  const byVariant = (counts: readonly number[]): Counts =>
    Object.fromEntries(experiment.variants.map(({ key }, index) => [key, counts[index] ?? 0]));
  const { expected, ...srm } = splitTest(experiment, enrolment.units);
  const units = enrolment.units.reduce((sum, count) => sum + count, 0);
  const share = units > 0 ? enrolment.crossovers / units : 0;
  return {
    srm: {
      pValue: srm.pValue,
      status: sampleRatioStatus(srm),
      test: srm.test,
      observed: byVariant(enrolment.units),
      expected,
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

/** Of the variants that are not dropped: they divide the units among themselves as before. */
function splitTest({ variants }: Experiment, units: readonly number[]) {
  const live = variants.flatMap(({ dropped, key, share }, index) =>
    dropped === undefined ? [{ key, share, units: units[index] ?? 0 }] : [],
  );
  const whole = live.reduce((sum, { share }) => sum + share, 0);
  const test = sampleRatioMismatch(
    live.map((variant) => variant.units),
    live.map(({ share }) => share / (live.length < variants.length ? whole : WHOLE)),
  );
  const expected: Counts = Object.fromEntries(live.map(({ key }, index) => [key, test.expected[index] ?? 0]));
  return { ...test, expected };
}

function sampleRatioStatus({ leak, pValue }: Omit<SampleRatioTest, "expected">): Health["srm"]["status"] {
  if (leak) return "failed";
  if (pValue === null) return "not-computable";
  if (pValue < 0.001) return "failed";
  return pValue < 0.01 ? "warning" : "ok";
}
