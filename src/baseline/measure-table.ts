import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { BaselineReport } from "../inference/baseline-report.ts";
import type { PerUnitLayout } from "../model/warehouse.ts";
import type { MeasureTargets } from "../plan/baseline-targets.ts";
import { momentsOfTable } from "../query/moments-of-table.ts";
import type { Sources } from "../query/prepare-sources.ts";
import {
  type BaselineRequest,
  describeBaseline,
  type MeasuredQuantities,
  nobody,
} from "./measured-quantities.ts";
import { ranks } from "./quantile-ranks.ts";

/** Metrics over a one-row-per-unit table. It has no days and no attributes: no volumes, and nobody's eligible. */
export async function measureTable(
  { project, engine, period, onStage }: BaselineRequest,
  targets: MeasureTargets,
  layout: PerUnitLayout,
  sources: Sources,
): Promise<MeasuredQuantities> {
  const diagnostics: Diagnostic[] = [];
  const baselines: BaselineReport["baselines"][number][] = [];
  if (period.from !== null || period.to !== null) {
    diagnostics.push(
      diagnose("measure/no-days", { file: project.file, path: ["warehouse"], part: "key" }, {}),
    );
  }
  const measurable = targets.baselines.filter(({ entry }) => entry === null);
  for (const unit of new Set(measurable.map((target) => target.unit.key))) {
    onStage?.(`measuring per ${unit}`);
    const mine = measurable.filter((target) => target.unit.key === unit);
    const metrics = [...new Set(mine.map(({ metric }) => metric))];
    const found = await momentsOfTable(engine, { project, layout, sources }, unit, metrics, ranks);
    diagnostics.push(...found.diagnostics);
    if (found.diagnostics.length > 0) continue;
    for (const target of mine) {
      const pooled = found.pooled.find(({ metric }) => metric === target.metric);
      if (!pooled || pooled.units === 0) diagnostics.push(nobody(target, "is in the table"));
      else {
        const described = describeBaseline(target, pooled, { entry: null, period: null });
        baselines.push(described.measurement);
        diagnostics.push(...described.diagnostics);
      }
    }
  }
  for (const { experiment } of targets.baselines.filter(({ entry }) => entry !== null)) {
    const { file, key } = experiment!;
    const why = "the table has one row per unit and says nothing of who is eligible";
    const place = { file, path: ["audience"], part: "key" } as const;
    diagnostics.push(diagnose("measure/hidden-audience", place, { experiment: key, why }));
  }
  return { baselines, volumes: [], diagnostics };
}
