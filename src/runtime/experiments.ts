import { assign as assignArm } from "./assign.ts";
import type { Awaited } from "./awaited.ts";
import { createDelivery, type DeliveryOptions } from "./delivery.ts";
import type { Arm, Experiment } from "./experiment.ts";
import { createExposures, type ExposuresOptions } from "./exposures.ts";
import { pick, readId, readValue } from "./pick.ts";
import { createRecent } from "./recent.ts";
import type {
  AnyContext,
  EventRegistry,
  ExperimentRegistry,
  KnownExperiments,
  OpenExperiments,
  OpenRegistry,
  PropertyArguments,
} from "./registry.ts";
import type { FlushOptions, Sink, SinkCounts } from "./sink.ts";
import type { Attributes } from "./targeting.ts";
import { RUNTIME } from "./version.ts";

/** What a live manifest says of experiments now. */
export interface Live {
  /** The experiment as it is now, with the arms of the compiled one; or the compiled one. */
  current<A extends Arm, Context>(compiled: Experiment<A, Context>): Experiment<A, Context>;
}

export interface ExperimentsOptions extends ExposuresOptions, DeliveryOptions {
  /** Default: none, nothing is logged. */
  readonly sinks?: readonly Sink[];
  /** Variants by experiment, for tests and previews: whoever asks gets them, and their exposures are marked. */
  readonly force?: { readonly [experiment: string]: string | undefined };
  /** Where exposures wait for their event; without it, such experiments expose only by `expose`. */
  readonly awaited?: Awaited;
  /** Those that `get` and `assignAll` know. */
  readonly experiments?: readonly Experiment[];
  readonly live?: Live;
  /** Is given what to call when the page or the process goes; gives what undoes it. */
  readonly onLeave?: (flush: (options?: FlushOptions) => Promise<void>) => () => void;
}

/** What became of the messages. */
export interface Counts {
  /** Impossible to make: a clock, a context or a property that threw, an event without a unit. */
  readonly unmade: number;
  readonly sinks: readonly SinkCounts[];
}

/** Experiments in an app: assignment with exposure logging around it. No method throws. */
export interface Experiments<
  Events extends EventRegistry = OpenRegistry,
  Known extends ExperimentRegistry = OpenExperiments,
> {
  /**
   * The unit's arm; logs the exposure where the experiment's exposure is `assignment`. `shown` is the arm where another
   * machine has assigned it, which knew more of the unit: it is taken as it is. Default: this one assigns.
   */
  assign<A extends Arm, Context>(
    experiment: Experiment<A, Context>,
    context: NoInfer<Context>,
    shown?: NoInfer<A>,
  ): A;
  /** The unit's arm; logs nothing. */
  peek<A extends Arm, Context>(experiment: Experiment<A, Context>, context: NoInfer<Context>): A;
  /** As `assign`, but logs the exposure whatever the experiment's exposure is. */
  expose<A extends Arm, Context>(
    experiment: Experiment<A, Context>,
    context: NoInfer<Context>,
    shown?: NoInfer<A>,
  ): A;
  /** `assign`, by the experiment's key. */
  get<Key extends keyof Known & string>(experiment: Key, context: Known[Key]["context"]): Known[Key]["arm"];
  /** The unit's arms in all experiments, by their keys, as JSON can hold them; logs nothing. */
  assignAll(context: AnyContext<Known>): { readonly [Key in keyof Known]: Known[Key]["arm"] };
  /** The experiments that `get` and `assignAll` know, by their keys. */
  readonly known: KnownExperiments<Known>;
  /** Logs an event, and before it the exposures that wait for it. */
  track<Name extends keyof Events & string>(
    event: Name,
    units: Events[Name]["units"],
    ...properties: PropertyArguments<Events[Name]["properties"]>
  ): void;
  /** Sends what is waiting; resolves when every sink has taken it or refused it for good, or at the deadline. */
  flush(options?: FlushOptions): Promise<void>;
  /** Flushes, drops what is left, and closes the sinks. Assignment goes on; nothing more is logged. */
  close(options?: FlushOptions): Promise<void>;
  counts(): Counts;
}

/** What whoever asks for an experiment that is not there gets. */
export const NO_EXPERIMENT: Arm = { variant: null, params: {}, reason: "not-running" };

/**
 * An exposure is logged once per unit, experiment, iteration and variant; concluded experiments and unassigned
 * units have none.
 */
export function createExperiments<
  Events extends EventRegistry = OpenRegistry,
  Known extends ExperimentRegistry = OpenExperiments,
>(options: ExperimentsOptions): Experiments<Events, Known> {
  const { awaited, experiments = [], live, now, random = () => 0, sinks = [], unitNames } = options;
  const delivery = createDelivery(sinks, options);
  const isNew = createRecent(options.remembered);
  const makeExposure = createExposures(options);
  const force = new Map(Object.entries(options.force ?? {}));
  const stay = sinks.length > 0 ? options.onLeave?.(delivery.flush) : undefined;
  const known = new Map(experiments.map((each) => [each.key, each]));
  let events = 0;
  let unmade = 0;

  /** `exposure` is when the unit meets its variant: now, or `explicit`, not yet. Default: as the experiment says. */
  function meet<A extends Arm, Context>(
    compiled: Experiment<A, Context>,
    context: NoInfer<Context>,
    exposure?: "assignment" | "explicit",
    shown?: A,
  ): A {
    let experiment = compiled;
    try {
      if (live) experiment = live.current(compiled);
    } catch {}
    const wanted = force.get(experiment.key);
    const forced = wanted && experiment.settled.find(({ variant }) => variant === wanted);
    const arm = shown ?? (forced || assignArm(experiment, context));
    try {
      log(experiment, arm, context, exposure ?? experiment.exposure);
    } catch {
      unmade++;
    }
    return arm;
  }

  function log(experiment: Experiment, arm: Arm, context: unknown, when: Experiment["exposure"]): void {
    if (sinks.length === 0 || when === "explicit") return;
    const isNow = when === "assignment";
    const exposure = makeExposure(experiment, arm, context, isNow ? isNew : () => true);
    if (!isNow) awaited?.set(when.event, experiment, context, exposure);
    else if (exposure) delivery.add(exposure);
  }

  function logEvent(event: string, units: Attributes, properties: Attributes): void {
    const timestamp = now();
    for (const exposure of awaited?.take(event, units) ?? []) {
      if (isNew(exposure.id)) delivery.add({ ...exposure, timestamp });
    }
    const id = [timestamp, events++, random()].map((part) => part.toString(36)).join("-");
    const ids = pick(units, unitNames ?? Object.keys(units), readId);
    if (Object.keys(ids).length === 0) unmade++;
    else
      delivery.add({
        kind: "event",
        id,
        timestamp,
        event,
        units: ids,
        properties: pick(properties, Object.keys(properties), readValue),
        runtime: RUNTIME,
      });
  }

  return {
    peek: (experiment, context) => meet(experiment, context, "explicit"),
    assign: (experiment, context, shown) => meet(experiment, context, undefined, shown),
    expose: (experiment, context, shown) => meet(experiment, context, "assignment", shown),
    get(key, context) {
      const experiment = known.get(key);
      return experiment ? meet<Arm, never>(experiment, context as never) : NO_EXPERIMENT;
    },
    assignAll: (context) =>
      Object.fromEntries(
        Array.from(known, ([key, each]) => [key, meet<Arm, never>(each, context as never, "explicit")]),
      ) as never,
    known,
    track(event, units, ...[properties = {}]) {
      try {
        if (sinks.length > 0) logEvent(event, units as Attributes, properties as Attributes);
      } catch {
        unmade++;
      }
    },
    flush: delivery.flush,
    close(settings) {
      stay?.();
      return delivery.close(settings);
    },
    counts: () => ({ unmade, sinks: delivery.counts() }),
  };
}
