import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { BaselineMeasurement, BaselineReport, VolumeMeasurement } from "../inference/baseline-report.ts";
import type { Baseline } from "../model/metric.ts";
import type { YamlPlace } from "../plan/baseline-targets.ts";
import { writtenMeasured, writtenMeasurement, writtenVolume } from "../plan/written-measurement.ts";
import { putIntoYaml, type YamlEntries } from "../syntax/put-into-yaml.ts";

export interface WrittenBaselines {
  /** The new texts, of the files that change only. */
  readonly texts: ReadonlyMap<string, string>;
  /** What was put, in the order of the report. */
  readonly written: readonly YamlPlace[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The files with what was measured in place of what they say, dated; `texts` are the files' own, by path. What a
 * plan cannot reckon with stays out. Pure: a second time it changes nothing.
 */
export function writeBaselines(
  { baselines, volumes }: BaselineReport,
  texts: ReadonlyMap<string, string>,
): WrittenBaselines {
  const changed = new Map<string, string>();
  const written: YamlPlace[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const measurement of [...baselines, ...volumes]) {
    const { place, writable, period } = measurement;
    const entries = writable ? entriesOf(measurement) : null;
    if (entries === null) continue;
    const text = changed.get(place.file) ?? texts.get(place.file);
    if (text === undefined) throw new Error(`${place.file} was not read`);
    const put = { ...place, entries, behind: "mde" };
    const outdated = period === null && measurement.written && datesOf(measurement) !== null;
    const after = outdated ? null : putIntoYaml(place.file, text, [put]);
    if (after === null) diagnostics.push(notWritten(place, Boolean(outdated)));
    else if (after !== text) {
      changed.set(place.file, after);
      written.push(place);
    }
  }
  return { texts: changed, written, diagnostics };
}

function entriesOf(measurement: BaselineMeasurement | VolumeMeasurement): YamlEntries | null {
  if ("metric" in measurement) {
    const { baseline, metricKind, written } = measurement;
    return baseline && (writtenMeasurement(inFormOf(baseline, written), metricKind) as YamlEntries | null);
  }
  const { newPerDay, period, units } = measurement;
  return {
    newPerDay: writtenVolume(newPerDay),
    measured: writtenMeasured({ period, units }) as YamlEntries,
  };
}

/** A funnel that the YAML plans with as a whole has no steps there. */
function inFormOf(baseline: Baseline, written: Baseline | null): Baseline {
  if (baseline.kind !== "rate" || written?.kind !== "rate" || written.steps) return baseline;
  const { steps: _, ...whole } = baseline;
  return whole;
}

function datesOf({ written }: BaselineMeasurement | VolumeMeasurement) {
  return written?.measured?.period ?? null;
}

function notWritten({ file, path }: YamlPlace, outdated: boolean): Diagnostic {
  const problem = outdated
    ? "its `measured` has days, and these data have none"
    : "an alias, an anchor or the form of what stands there is in the way";
  return diagnose("measure/not-written", { file, path, part: "key" }, { problem });
}
