import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { isTimezone } from "../model/calendar.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Attribute, Holdout, Layer, Unit } from "../model/population.ts";
import type { Project } from "../model/project.ts";
import type { Declaration, Declarations, ExperimentDeclaration } from "../syntax/declaration.ts";
import type { EffectDocument, ExperimentDocument, ProjectDocument } from "../syntax/generated/documents.ts";
import { ANALYSIS, resolveAnalysis } from "./analysis.ts";
import { resolveAudiences } from "./audience.ts";
import { compareCodePoints } from "./code-point-order.ts";
import { resolveEvents } from "./event.ts";
import { type ExperimentScope, resolveExperiment } from "./experiment.ts";
import { type Findings, refuse } from "./findings.ts";
import { deepFreeze } from "./freeze.ts";
import { resolveMeasured } from "./measured.ts";
import { resolveMetrics } from "./metric.ts";
import { find, type Names } from "./names.ts";
import { partsPerMillion } from "./percentage.ts";
import { surroundingsAlike } from "./same-documents.ts";
import { resolveWarehouse } from "./warehouse.ts";

/** The resolved project, deeply frozen, and all that is wrong with the names and values in its files. */
export interface Resolution {
  /** Null without a readable `project.yaml`. What cannot be resolved is not in it. */
  readonly project: Project | null;
  readonly diagnostics: readonly Diagnostic[];
  /** What the resolution of other declarations can take over; null without a project. */
  readonly parts: Parts | null;
}

interface Parts {
  readonly declarations: Declarations;
  readonly surroundings: Surroundings;
  readonly experiments: ReadonlyMap<ExperimentDocument, ResolvedExperiment>;
}

/** What surrounds the experiments: what they may name, and the project without them. */
interface Surroundings {
  readonly scope: ExperimentScope;
  readonly project: Project;
  readonly diagnostics: readonly Diagnostic[];
}

interface ResolvedExperiment {
  readonly declaration: ExperimentDeclaration;
  /** Null where a part has no meaning. */
  readonly experiment: Experiment | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Names become references, defaults values. A problem leaves out what it makes meaningless; the rest goes on.
 *
 * @param before Of declarations that share documents with these: what these leave the same is the same object in both.
 */
export function resolve(declarations: Declarations, before: Resolution | null = null): Resolution {
  if (declarations.project === null) return { project: null, diagnostics: [], parts: null };
  const former =
    before?.parts && surroundingsAlike(before.parts.declarations, declarations) ? before.parts : null;
  const surroundings = former?.surroundings ?? resolveSurroundings(declarations, declarations.project);
  const resolved = inOrder(declarations.experiments).map((declaration) => {
    const known = former?.experiments.get(declaration.document);
    return known && isSame(known.declaration, declaration) ? known : resolveOne(declaration, surroundings);
  });
  const project = {
    ...surroundings.project,
    experiments: present(resolved.map(({ experiment }) => experiment)),
  };
  const found = resolved.filter(({ diagnostics }) => diagnostics.length > 0);
  const diagnostics = [...surroundings.diagnostics, ...found.flatMap(({ diagnostics }) => diagnostics)];
  const experiments = new Map(resolved.map((each) => [each.declaration.document, each]));
  return { ...deepFreeze({ project, diagnostics }), parts: { declarations, surroundings, experiments } };
}

/** `left` and `right` have the same document. */
function isSame(left: ExperimentDeclaration, right: ExperimentDeclaration): boolean {
  return left.file === right.file && left.archived === right.archived;
}

function resolveOne(declaration: ExperimentDeclaration, { scope }: Surroundings): ResolvedExperiment {
  const diagnostics: Diagnostic[] = [];
  const findings: Findings = { file: declaration.file, diagnostics, sound: true };
  return { declaration, experiment: resolveExperiment(findings, declaration, scope), diagnostics };
}

function resolveSurroundings(
  declarations: Declarations,
  { file, document }: Declaration<ProjectDocument>,
): Surroundings {
  const diagnostics: Diagnostic[] = [];
  const findings: Findings = { file, diagnostics, sound: true };
  const timezone = resolveTimezone(findings, document.timezone);
  const units = resolveUnits(findings, document.units);
  const attributes = resolveAttributes(document.attributes);
  const layers = resolveLayers(findings, document.layers, units);
  const warehouse = resolveWarehouse(findings, document.warehouse, { units, attributes });
  const events = resolveEvents(findings, document.events, units, warehouse);
  const { broken } = declarations;
  const metrics = resolveMetrics(
    inOrder(declarations.metrics),
    broken.metrics,
    { events, units },
    diagnostics,
  );
  const audiences = resolveAudiences(
    inOrder(declarations.audiences),
    broken.audiences,
    attributes,
    timezone,
    diagnostics,
  );
  const scope: ExperimentScope = {
    units,
    attributes,
    timezone,
    layers,
    events,
    metrics,
    audience: (key, findings, path) =>
      find(findings, audiences, key, "audience/unknown", path)?.condition ?? null,
    analysis: resolveAnalysis(findings, document.defaults, ANALYSIS, attributes, ["defaults"]),
    mde: resolveDefaultMde(findings, document.defaults?.mde),
  };
  const project: Project = {
    kind: "project",
    file,
    name: document.name,
    timezone,
    units: present(units.values()),
    attributes: present(attributes.values()),
    layers: present(layers.values()),
    holdout: resolveHoldout(findings, document.holdout, units),
    events: present(events.values()),
    metrics: present(metrics.values()).sort(byKey),
    audiences: present(audiences.values()).sort(byKey),
    experiments: [],
    warehouse,
    emit: {
      imports: document.emit?.imports ?? "js",
      integrations: [...new Set(document.emit?.integrations)].sort(),
      openfeature: document.emit?.openfeature ?? false,
    },
  };
  return { scope, project, diagnostics };
}

function resolveUnits(findings: Findings, documents: ProjectDocument["units"]): Names<Unit> {
  return new Map(
    Object.entries(documents).map(([key, { id, newPerDay, measured }]) => [
      key,
      {
        key,
        id,
        newPerDay: newPerDay ?? null,
        ...resolveMeasured(findings, measured, ["units", key, "measured"]),
      },
    ]),
  );
}

function resolveAttributes(documents: ProjectDocument["attributes"] = {}): Names<Attribute> {
  return new Map(
    Object.entries(documents).map(([key, { type, values, private: hidden }]) => [
      key,
      { key, type, values: values ? [...values] : null, private: hidden ?? false },
    ]),
  );
}

function resolveLayers(
  findings: Findings,
  documents: ProjectDocument["layers"] = {},
  units: Names<Unit>,
): Names<Layer> {
  return new Map(
    Object.entries(documents).map(([key, document]) => {
      const unit = find(findings, units, document.unit, "unit/unknown", ["layers", key, "unit"]);
      return [key, unit && { key, unit }];
    }),
  );
}

function resolveHoldout(
  findings: Findings,
  document: ProjectDocument["holdout"],
  units: Names<Unit>,
): Holdout | null {
  if (document === undefined) return null;
  const unit = find(findings, units, document.unit, "unit/unknown", ["holdout", "unit"]);
  return unit && { key: document.key, unit, share: partsPerMillion(document.share) };
}

function resolveTimezone(findings: Findings, timezone = "UTC"): string {
  if (isTimezone(timezone)) return timezone;
  refuse(findings, "timezone/unknown", ["timezone"], { found: timezone });
  return "UTC";
}

function resolveDefaultMde(findings: Findings, mde: EffectDocument | undefined): EffectDocument | undefined {
  if (mde === undefined) return undefined;
  const path = ["defaults", "mde"];
  if (typeof mde !== "string") refuse(findings, "mde/default-absolute", path, {});
  else if (partsPerMillion(mde) === 0) refuse(findings, "effect/zero", path, { found: mde });
  else return mde;
  return undefined;
}

function inOrder<T extends { readonly key: string; readonly file: string }>(
  declarations: readonly T[],
): readonly T[] {
  return [...declarations].sort(
    (left, right) => byKey(left, right) || compareCodePoints(left.file, right.file),
  );
}

function byKey(left: { readonly key: string }, right: { readonly key: string }): number {
  return compareCodePoints(left.key, right.key);
}

function present<T>(values: Iterable<T | null>): T[] {
  return [...values].filter((value): value is T & {} => value !== null);
}
