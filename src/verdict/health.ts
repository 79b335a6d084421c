import type { Experiment } from "../model/experiment.ts";
import type { SampleRatioTest } from "../statistics/srm.ts";
import { byVariant, testSplit } from "./checks/split.ts";
import type { Health } from "./generated/analysis.ts";
import type { EnrolmentRecord } from "./record.ts";

/** The checks that stand above the metrics and can make a trial invalid (A.16, A.19). */
export function assessHealth(experiment: Experiment, enrolment: EnrolmentRecord): Health {
  const { expected, ...srm } = testSplit(experiment, enrolment.units);
  const units = enrolment.units.reduce((sum, count) => sum + count, 0);
  const share = units > 0 ? enrolment.crossovers / units : 0;
  return {
    srm: {
      pValue: srm.pValue,
      status: sampleRatioStatus(srm),
      test: srm.test,
      observed: byVariant(experiment, enrolment.units),
      expected,
    },
    crossovers: {
      units: enrolment.crossovers,
      share,
      status: share > 0.01 && enrolment.crossovers >= 10 ? "failed" : "ok",
    },
    excluded: Object.fromEntries(
      Object.entries(enrolment.excluded).map(([reason, counts]) => [reason, byVariant(experiment, counts)]),
    ),
  };
}

function sampleRatioStatus({ leak, pValue }: Omit<SampleRatioTest, "expected">): Health["srm"]["status"] {
  if (leak) return "failed";
  if (pValue === null) return "not-computable";
  if (pValue < 0.001) return "failed";
  return pValue < 0.01 ? "warning" : "ok";
}
