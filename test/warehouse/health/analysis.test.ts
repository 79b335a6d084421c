import { expect, test } from "vitest";
import { analyze } from "../../../src/analyze.ts";
import { manifestEntry } from "../../../src/model/manifest.ts";
import { plan as planOf } from "../../../src/plan/make-plan.ts";
import type { Observation } from "../../../src/query/observation.ts";
import { assign } from "../../../src/runtime/assign.ts";
import { load } from "../../../src/runtime/load.ts";
import { randomStream } from "../../../src/simulate/random.ts";
import {
  onEvent,
  sampleEvent,
  sampleExperiment,
  sampleLayout,
  sampleMetric,
  sampleProject,
} from "../sample-project.ts";
import { makeWorkspace } from "../workspace.ts";

const DAY = 86_400_000;
const START = Date.parse("2026-11-02T00:00:00Z");
const VARIANTS = ["control", "variant"];
const workspace = makeWorkspace();

const bought = sampleMetric("bought", "conversion", onEvent("purchase"), 2 * DAY);
const analysis = { ...sampleExperiment(VARIANTS, [bought]).analysis, breakdowns: ["country"] };
const dates = { start: "2026-11-02", end: "2026-11-21", mde: { kind: "relative", value: 1 } } as const;
const checkout = sampleExperiment(VARIANTS, [bought], { ...dates, analysis });
const search = sampleExperiment(VARIANTS, [bought], { ...dates, key: "search" });
const layout = sampleLayout({ attributes: ["country"] });
const project = {
  ...sampleProject(layout, [checkout, search], [sampleEvent("purchase")]),
  attributes: [{ key: "country", type: "string", values: null, private: false } as const],
};
const givers = [checkout, search].map((experiment) => load(manifestEntry(experiment, project)));

interface Unit {
  readonly id: string;
  readonly at: number;
  readonly country: string;
  /** In checkout, in search. */
  readonly variants: readonly [string, string];
  readonly chance: number;
}

/** Six thousand units of both experiments over twenty days, each in the variants that the runtime gives it. */
function drawUnits(): readonly Unit[] {
  const random = randomStream(11, "health");
  return Array.from({ length: 6000 }, (_, index) => {
    const id = `unit-${index}`;
    const [first, second] = givers.map((giver) => assign(giver, { userId: id }).variant!);
    const country = ["US", "CA", "GB"][Math.floor(random() * 3)]!;
    return {
      id,
      at: START + Math.floor(random() * 20 * DAY),
      country,
      variants: [first!, second!],
      chance: random(),
    };
  });
}

interface World {
  /** Whether a unit's exposures are logged. Default: they are. */
  readonly isLogged?: (unit: Unit) => boolean;
  readonly logged?: (unit: Unit, index: number) => readonly [string, string];
  /** Of buying within the window. Default: a fifth. */
  readonly rate?: (unit: Unit) => number;
  readonly eventId?: (id: string) => string;
  readonly eventsUntil?: number;
  readonly copies?: number;
}

const UNITS = drawUnits();

async function analyse(world: World, observe?: (observation: Observation) => void) {
  const {
    isLogged = () => true,
    rate = () => 0.2,
    eventId = (id) => id,
    eventsUntil = Infinity,
    copies = 1,
  } = world;
  const exposures = UNITS.flatMap((unit, index) => {
    const variants = world.logged?.(unit, index) ?? unit.variants;
    const time = new Date(unit.at).toISOString();
    return ["checkout", "search"].flatMap((key, place) =>
      isLogged(unit) || key === "search"
        ? [`${key},${unit.id},${variants[place]},${time},${unit.country}`]
        : [],
    );
  });
  const events = UNITS.flatMap((unit) => {
    const at = unit.at + Math.floor(unit.chance * 100) * 1_000_000;
    if (unit.chance >= rate(unit) || at > eventsUntil) return [];
    return Array.from({ length: copies }, () => `${eventId(unit.id)},purchase,${new Date(at).toISOString()}`);
  });
  const end = new Date(START + 24 * DAY).toISOString();
  const last = eventsUntil === Infinity ? [`nobody,purchase,${end}`] : [];
  const files = new Map([
    [
      "exposures",
      [workspace.write("exposures.csv", `experiment,user,variant,time,country\n${exposures.join("\n")}\n`)],
    ],
    ["app", [workspace.write("events.csv", `user,event,time\n${[...events, ...last].join("\n")}\n`)]],
  ]);
  const engine = await workspace.open();
  const plan = planOf(project);
  const { analyses, diagnostics } = await analyze({
    ...{ project, plan, experiments: [checkout, search], files, engine },
    asOf: eventsUntil === Infinity ? Date.parse(end) : null,
    meta: { commit: null, toolVersion: "0" },
    ...(observe && { onObservation: observe }),
  });
  await engine.close();
  expect(diagnostics).toEqual([]);
  return analyses[0]!;
}

async function warningsIn(world: World) {
  const { health, verdict } = await analyse(world);
  const warned = health.checks!.filter(({ status }) => status === "warning").map(({ check }) => check);
  const told = new Set(verdict.reasons.filter(({ decides }) => !decides).map(({ code }) => code));
  for (const name of warned) if (name !== "sequential-srm") expect(told).toContain(name);
  return warned;
}

test("nothing is wrong: every check is made, and none warns", async () => {
  const { health } = await analyse({});
  expect(health.checks!.map(({ check, status }) => `${check}: ${status}`)).toEqual([
    "sequential-srm: ok",
    "srm-by-day: ok",
    "date-gaps: ok",
    "srm-by-breakdown: ok",
    "assignment-audit: ok",
    "stale-source: ok",
    "silent-metrics: ok",
    "joined-events: ok",
    "early-events: not-computable",
    "repeated-rows: ok",
    "surprising-effect: ok",
    "experiments-interact: ok",
  ]);
});

const onDay = (unit: Unit, day: number) => Math.floor((unit.at - START) / DAY) === day;
const isTreated = ({ variants: [first] }: Unit) => first === "variant";

test.each<[string, World, readonly string[]]>([
  [
    "a day loses half of a variant",
    { isLogged: (unit) => !(onDay(unit, 7) && isTreated(unit) && unit.chance < 0.5) },
    ["srm-by-day"],
  ],
  ["a day is missing", { isLogged: (unit) => !onDay(unit, 7) }, ["date-gaps"]],
  [
    "a country loses a quarter of a variant",
    { isLogged: (unit) => !(unit.country === "CA" && isTreated(unit) && unit.at % 4 === 0) },
    ["srm-by-breakdown"],
  ],
  [
    "one in a hundred got another variant",
    {
      logged: ({ variants: [first, second] }, index) => [
        index % 100 ? first : first === "control" ? "variant" : "control",
        second,
      ],
    },
    ["assignment-audit"],
  ],
  ["events have other ids", { eventId: (id) => `x${id}` }, ["silent-metrics"]],
  ["events stop early", { eventsUntil: START + 17 * DAY }, ["stale-source"]],
  ["events come twice", { copies: 2 }, ["repeated-rows"]],
  [
    "the other experiment takes the effect away",
    { rate: ({ variants: [first, second] }) => (first === "variant" && second === "control" ? 0.35 : 0.2) },
    ["experiments-interact"],
  ],
])("%s", async (_, world, expected) => {
  expect(await warningsIn(world)).toEqual(expected);
});

test("breakdowns and overlaps are those of the rows", async () => {
  const seen: Observation[] = [];
  await analyse({ isLogged: ({ chance }) => chance > 0.1 }, (observation) => seen.push(observation));
  const [ours, theirs] = seen;
  const mine = UNITS.filter(({ chance }) => chance > 0.1);
  const count = (units: readonly Unit[], place: 0 | 1) =>
    VARIANTS.map((variant) => units.filter(({ variants }) => variants[place] === variant).length);
  for (const { value, units } of ours!.health!.byBreakdown![0]!.values) {
    expect(units).toEqual(
      count(
        mine.filter(({ country }) => country === value),
        0,
      ),
    );
  }
  const [overlap] = ours!.health!.overlaps!;
  const shared = VARIANTS.map((variant) =>
    count(
      mine.filter(({ variants: [first] }) => first === variant),
      1,
    ),
  );
  expect(overlap).toMatchObject({ experiment: "search", variants: VARIANTS, units: shared });
  expect(theirs!.health!.overlaps![0]!.units).toEqual([0, 1].map((place) => shared.map((row) => row[place])));
  const arms = overlap!.primary!;
  for (const [other, variant] of VARIANTS.entries()) {
    for (const [own, key] of VARIANTS.entries()) {
      const units = mine.filter(({ variants: [first, second] }) => first === key && second === variant);
      const bought = units.filter(
        ({ chance }) => chance < 0.2 && Math.floor(chance * 100) * 1_000_000 <= 2 * DAY,
      );
      expect(arms[other]![own]!.units).toBe(units.length);
      expect(arms[other]![own]!.means[0]).toBeCloseTo(bought.length / units.length, 12);
    }
  }
});
