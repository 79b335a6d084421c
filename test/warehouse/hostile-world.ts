import { analyze } from "../../src/analyze.ts";
import type { Project } from "../../src/model/project.ts";
import type { SourceOrigin } from "../../src/model/warehouse.ts";
import { plan } from "../../src/plan/make-plan.ts";
import type { Engine } from "../../src/query/engine.ts";
import type { TableCell, TableColumn } from "../../src/warehouse/write-table.ts";
import {
  DAY,
  onEvent,
  sampleEvent,
  sampleExperiment,
  sampleLayout,
  sampleMetric,
  sampleProject,
} from "./sample-project.ts";

export interface HostileTable {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** A small trial in which every name and every value that is text is made of one text. */
export interface HostileWorld {
  project(exposures: SourceOrigin, events: SourceOrigin): Project;
  readonly exposures: HostileTable;
  readonly events: HostileTable;
}

const START = Date.UTC(2023, 0, 1);

/** The same trial for any text: its numbers must be the same too. */
export function hostileWorld(text: string): HostileWorld {
  const name = (role: string) => `${text} ${role}`;
  const variants = [name("control"), name("treatment")];
  const units = Array.from({ length: 12 }, (_, index) => `${text}${index}`);
  const where = [{ column: name("filter"), values: [text] }];
  const metrics = [
    {
      ...sampleMetric(name("revenue"), "sum", onEvent(name("purchase"), name("amount"), where)),
      window: DAY,
    },
    { ...sampleMetric(name("rate"), "conversion", onEvent(name("purchase"))), window: DAY },
  ];
  const columns = { experiment: name("e"), variant: name("v"), timestamp: name("t") };
  const experiment = sampleExperiment(variants, metrics, { key: text, name: text });
  return {
    project(exposures, events) {
      const layout = sampleLayout({
        from: exposures,
        units: { user: name("u") },
        columns: { ...columns, iteration: null, forced: null, specHash: null },
        attributes: [name("attribute")],
        exclude: [{ column: name("bot"), values: [text] }],
        testUnits: { user: [units[11]!] },
      });
      const project = sampleProject(
        {
          ...layout,
          events: [
            {
              key: name("app"),
              from: events,
              units: { user: name("u") },
              columns: { event: name("e"), timestamp: name("t") },
              epoch: null,
            },
          ],
        },
        [{ ...experiment, analysis: { ...experiment.analysis, breakdowns: [name("attribute")] } }],
        [sampleEvent(name("purchase"), name("app"))],
      );
      return project;
    },
    exposures: {
      columns: [
        { name: name("u"), type: "string" },
        { name: name("e"), type: "string" },
        { name: name("v"), type: "string" },
        { name: name("t"), type: "timestamp" },
        { name: name("attribute"), type: "string" },
        { name: name("bot"), type: "string" },
      ],
      rows: units.map((unit, index) => [
        unit,
        text,
        variants[index % 2]!,
        START + index * 1000,
        index % 3 === 0 ? text : name("other"),
        index === 10 ? text : "no",
      ]),
    },
    events: {
      columns: [
        { name: name("u"), type: "string" },
        { name: name("e"), type: "string" },
        { name: name("t"), type: "timestamp" },
        { name: name("amount"), type: "double" },
        { name: name("filter"), type: "string" },
      ],
      rows: [
        ...units.flatMap((unit, index): readonly TableCell[][] =>
          index % 4 === 3
            ? []
            : [[unit, name("purchase"), START + 3_600_000, index + 1, index % 5 === 0 ? "other" : text]],
        ),
        [name("nobody"), name("purchase"), START + 3_600_000, 1, text],
        [units[3]!, text, START + 3 * DAY, 1, text],
      ],
    },
  };
}

/** What the trial's numbers are, without any name. */
export async function numbersOf(
  engine: Engine,
  project: Project,
  files: ReadonlyMap<string, readonly string[]>,
): Promise<unknown> {
  const { analyses, diagnostics } = await analyze({
    project,
    plan: plan(project),
    experiments: project.experiments,
    files,
    engine,
    asOf: null,
    meta: { commit: null, toolVersion: "test" },
  });
  return {
    problems: diagnostics.map(({ code }) => code),
    analyses: withoutTexts(
      // Whom the assignment gives which variant depends on names: it hashes them.
      analyses.map(({ health: { checks = [], ...health }, ...analysis }) => ({
        ...analysis,
        health: { ...health, checks: checks.filter(({ check }) => check !== "assignment-audit") },
      })),
    ),
  };
}

/** Every value that is no text, in its place, to 12 digits: engines add in any order. */
function withoutTexts(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(12));
  if (typeof value === "string") return "text";
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? value.map(withoutTexts) : Object.values(value).map(withoutTexts);
}
