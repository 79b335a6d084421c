import { measureEvents } from "./baseline/measure-events.ts";
import { measureTable } from "./baseline/measure-table.ts";
import type { BaselineRequest } from "./baseline/measured-quantities.ts";
import { diagnose } from "./diagnostics/diagnose.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { BaselineReport } from "./inference/baseline-report.ts";
import { isDay } from "./model/calendar.ts";
import { type MeasureTargets, measureTargets, unknownTarget } from "./plan/baseline-targets.ts";
import { reportFailure } from "./query/engine.ts";
import { prepareSources, type Sources } from "./query/prepare-sources.ts";
import type { Reading } from "./query/reading.ts";

export interface BaselineResult {
  /** Null where the data cannot be read. */
  readonly report: BaselineReport | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Measures in the warehouse what planning reckons with. Reads, and judges nothing. */
export async function measureBaselines(request: BaselineRequest): Promise<BaselineResult> {
  const { project, keys, files, engine, onStage } = request;
  const targets = measureTargets(project, keys);
  onStage?.(`reading ${[...files.values()].flat().length} files`);
  const { sources, diagnostics } = await prepareSources(project, files, engine, readingsOf(targets));
  if (!sources) return { report: null, diagnostics };
  const place = { file: project.file, path: ["warehouse"] };
  const measured = await reportFailure(place, () => measureLayout(request, targets, sources));
  if ("failure" in measured) return { report: null, diagnostics: [...diagnostics, measured.failure] };
  return {
    report: { kind: "baseline-report", timezone: project.timezone, ...measured, sources: sources.facts },
    diagnostics: [...diagnostics, ...remarks(targets), ...measured.diagnostics],
  };
}

function measureLayout(request: BaselineRequest, targets: MeasureTargets, sources: Sources) {
  const layout = request.project.warehouse!.layout;
  return layout.kind === "per-unit"
    ? measureTable(request, targets, layout, sources)
    : measureEvents(request, targets, layout, sources);
}

function readingsOf({ baselines, volumes }: MeasureTargets): readonly Reading[] {
  const randomised = baselines.flatMap(({ clusters }) => clusters);
  const units = new Set(
    [...[...baselines, ...volumes].map(({ unit }) => unit), ...randomised].map(({ key }) => key),
  );
  return [...units].map((unit) => ({
    unit,
    metrics: [...new Set(baselines.filter((target) => target.unit.key === unit).map(({ metric }) => metric))],
    everywhere: true,
  }));
}

function remarks({ shared, hidden }: MeasureTargets): readonly Diagnostic[] {
  return [
    ...shared.map(({ metric, units }) =>
      diagnose("measure/several-units", { file: metric.file, path: [] }, { metric: metric.key, units }),
    ),
    ...hidden.map(({ key, file }) =>
      diagnose(
        "measure/hidden-audience",
        { file, path: ["audience"], part: "key" },
        { experiment: key, why: "no log tells the attributes of those who meet the event" },
      ),
    ),
  ];
}

export { writeBaselines } from "./baseline/write-baselines.ts";
export type { BaselineReport, BaselineRequest };
export { isDay, unknownTarget };
