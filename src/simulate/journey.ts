import { DAY_MS } from "../model/calendar.ts";
import type { Project } from "../model/project.ts";
import type { Sink } from "../runtime/delivery.ts";
import type { Arm, Experiment as RuntimeExperiment } from "../runtime/experiment.ts";
import { createExperiments, type Experiments } from "../runtime/experiments.ts";
import type { Exposure } from "../runtime/exposure.ts";
import { load } from "../runtime/load.ts";
import type { Attributes } from "../runtime/targeting.ts";
import { type Random, randomStream } from "./random.ts";
import { happens, pick } from "./sampling.ts";
import type { Context } from "./satisfy.ts";
import { drawContext, unitId } from "./visitor.ts";
import type { World } from "./world.ts";

/** What became of one unit that arrived. */
export interface Journey {
  readonly index: number;
  readonly id: string;
  readonly context: Context;
  readonly arrival: number;
  /** As the app logged them, by time; none where the unit met no variant. */
  readonly exposures: readonly Exposure[];
  /** Whose behaviour the unit shows: its variant's; the control's without one, or with one that is not listed. */
  readonly variant: string;
}

/** App servers, each with its own memory of whom it has exposed. */
const SERVERS = 3;
const RETURNING = 0.35;
const MOST_RETURNS = 3;
const RETURN_AFTER = 4 * DAY_MS;
/** Of the units whose exposure is not their assignment: who gets that far, and how long it takes at most. */
const REACHING = 0.85;
const REACHED_AFTER = DAY_MS / 48;

const UNITS_AT_A_TIME = 500;

/** All units of a world, by arrival, some at a time, each sent through the runtime on every visit. */
export function* journeysOf(world: World, project: Project): Iterable<readonly Journey[]> {
  const loaded = load(world.entry);
  const log = createLog();
  for (let first = 0; first < world.units; first += UNITS_AT_A_TIME) {
    const count = Math.min(UNITS_AT_A_TIME, world.units - first);
    const travels = Array.from({ length: count }, (_, offset) =>
      travel(world, project, loaded, log, first + offset),
    );
    const logged = log.take();
    yield travels.map((travelled) => ({ ...travelled, exposures: logged.get(travelled.id) ?? [] }));
  }
}

function travel(
  world: World,
  project: Project,
  loaded: RuntimeExperiment<Arm, Attributes>,
  log: Log,
  index: number,
): Omit<Journey, "exposures"> {
  const { experiment, seed } = world;
  const id = unitId(experiment, experiment.unit.key, seed, index);
  const context = drawContext(project, experiment, seed, id);
  const random = randomStream(seed, `${id}/visits`);
  const visits = drawVisits(random, world, index);
  let variant = experiment.control;
  for (const at of visits) {
    const met = visit(random, log, loaded, context, at, world.to).variant;
    if (met !== null && world.behaviours.has(met)) variant = met;
  }
  return { index, id, context, arrival: visits[0]!, variant };
}

function drawVisits(random: Random, { from, to, units }: World, index: number): readonly number[] {
  const visits = [Math.floor(from + ((index + random()) / units) * (to - from))];
  if (!happens(random, RETURNING)) return visits;
  for (let count = 0; count < MOST_RETURNS; count++) {
    const next = Math.floor(visits.at(-1)! - Math.log(random()) * RETURN_AFTER);
    if (next >= to) break;
    visits.push(next);
  }
  return visits;
}

function visit(
  random: Random,
  log: Log,
  experiment: RuntimeExperiment<Arm, Attributes>,
  context: Context,
  at: number,
  before: number,
): Arm {
  const server = pick(random, log.servers);
  log.setTime(at);
  const arm = server.assign(experiment, context);
  if (experiment.exposure !== "assignment" && happens(random, REACHING)) {
    log.setTime(Math.min(before - 1, Math.floor(at + 1000 + random() * REACHED_AFTER)));
    server.expose(experiment, context);
  }
  return arm;
}

interface Log {
  readonly servers: readonly Experiments[];
  readonly setTime: (instant: number) => void;
  /** What was logged since the last time, by unit, in order of time. */
  readonly take: () => ReadonlyMap<string, readonly Exposure[]>;
}

/** Servers whose common sink keeps what they send; `flush` hands it over before it returns. */
function createLog(): Log {
  let time = 0;
  let logged = new Map<string, Exposure[]>();
  const sink: Sink = {
    name: "simulation",
    send(batch) {
      for (const message of batch) {
        if (message.kind !== "exposure") continue;
        const own = logged.get(message.unitId);
        if (own === undefined) logged.set(message.unitId, [message]);
        else own.push(message);
      }
    },
  };
  const options = { now: () => time, sinks: [sink], remembered: 2 * UNITS_AT_A_TIME };
  const servers = Array.from({ length: SERVERS }, () => createExperiments(options));
  return {
    servers,
    setTime: (instant) => {
      time = instant;
    },
    take: () => {
      for (const server of servers) void server.flush();
      const taken = logged;
      logged = new Map();
      for (const exposures of taken.values()) exposures.sort((a, b) => a.timestamp - b.timestamp);
      return taken;
    },
  };
}
