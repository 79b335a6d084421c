import { assign as assignArm } from "./assign.ts";
import { createDelivery, type Sink } from "./delivery.ts";
import type { Arm, Experiment } from "./experiment.ts";
import { exposureOf } from "./exposure.ts";
import { createRecent } from "./recent.ts";
import type { Attributes } from "./targeting.ts";

/** The ids and properties that each event of a registry takes. */
export interface EventRegistry {
  readonly [event: string]: { readonly units: object; readonly properties: object };
}

/** Any event with any ids and properties. */
export interface OpenRegistry extends EventRegistry {
  readonly [event: string]: { readonly units: Attributes; readonly properties: Attributes };
}

/** An event without properties needs no argument for them. */
export type PropertyArguments<Properties> = [keyof Properties] extends [never]
  ? [properties?: Record<string, never>]
  : [properties: Properties];

export interface ExperimentsOptions {
  /** Milliseconds since 1970-01-01T00:00Z, for the timestamps of messages. */
  readonly now: () => number;
  /** Default: none, nothing is logged. */
  readonly sinks?: readonly Sink[];
  /** Variants by experiment, for tests and previews: whoever asks gets them, and their exposures are marked. */
  readonly force?: { readonly [experiment: string]: string | undefined };
  /** How many exposures are remembered, so that each is logged once. Default 50,000, about 10 MB. */
  readonly remembered?: number;
  /** Most messages in a batch. Default 100. */
  readonly batchSize?: number;
}

/** Experiments in an app: assignment with exposure logging around it. No method throws. */
export interface Experiments<Events extends EventRegistry = OpenRegistry> {
  /** The unit's arm; logs the exposure where the experiment's exposure is `assignment`. */
  assign<A extends Arm, Context>(experiment: Experiment<A, Context>, context: NoInfer<Context>): A;
  /** The unit's arm; logs nothing. */
  peek<A extends Arm, Context>(experiment: Experiment<A, Context>, context: NoInfer<Context>): A;
  /** The unit's arm; logs the exposure, whatever the experiment's exposure is. */
  expose<A extends Arm, Context>(experiment: Experiment<A, Context>, context: NoInfer<Context>): A;
  /** Logs an event. */
  track<Name extends keyof Events & string>(
    event: Name,
    units: Events[Name]["units"],
    ...properties: PropertyArguments<Events[Name]["properties"]>
  ): void;
  /** Sends what is waiting; resolves when every sink has taken or refused it. */
  flush(): Promise<void>;
  /** How many messages were lost: refused by a sink, or impossible to make. */
  lost(): number;
}

/**
 * An exposure is logged once per unit, experiment and iteration; concluded experiments and unassigned units
 * have none.
 */
export function createExperiments<Events extends EventRegistry = OpenRegistry>(
  options: ExperimentsOptions,
): Experiments<Events> {
  const sinks = options.sinks ?? [];
  const delivery = createDelivery(sinks, options.batchSize ?? 100);
  const recent = createRecent(options.remembered ?? 50_000);
  const force = new Map(Object.entries(options.force ?? {}));
  let unmade = 0;

  function peek<A extends Arm, Context>(experiment: Experiment<A, Context>, context: NoInfer<Context>): A {
    const wanted = force.size > 0 ? force.get(experiment.key) : undefined;
    const forced = wanted && experiment.settled.find(({ variant }) => variant === wanted);
    return forced || assignArm(experiment, context);
  }

  function log(experiment: Experiment, arm: Arm, context: unknown): void {
    if (sinks.length === 0 || arm.variant === null || arm.reason === "concluded") return;
    try {
      const attributes = (context ?? {}) as Attributes;
      const unitId = attributes[experiment.unit.id];
      if (typeof unitId !== "string" || unitId === "") return;
      if (!recent.meet(`${experiment.key}/${experiment.iteration}/${unitId}`)) return;
      delivery.add(exposureOf(experiment, arm, unitId, attributes, options.now()));
    } catch {
      unmade++;
    }
  }

  return {
    peek,
    assign(experiment, context) {
      const arm = peek(experiment, context);
      if (experiment.exposure === "assignment") log(experiment, arm, context);
      return arm;
    },
    expose(experiment, context) {
      const arm = peek(experiment, context);
      log(experiment, arm, context);
      return arm;
    },
    track(event, units, ...[properties = {}]) {
      if (sinks.length === 0) return;
      try {
        delivery.add({ kind: "event", timestamp: options.now(), event, units, properties });
      } catch {
        unmade++;
      }
    },
    flush: delivery.flush,
    lost: () => unmade + delivery.undelivered(),
  };
}
