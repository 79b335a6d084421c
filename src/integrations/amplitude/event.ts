import type { Exposure, Message, TrackedEvent } from "../../runtime/index.ts";
import { idsOf } from "../posting/ids-of.ts";

/** An event of Amplitude's HTTP V2 API, as its SDKs take it too. */
export interface AmplitudeEvent {
  readonly event_type: string;
  readonly user_id?: string;
  readonly device_id?: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly time: number;
  /** Where two events have the same, Amplitude keeps one. */
  readonly insert_id: string;
  readonly event_properties: Record<string, unknown>;
  readonly user_properties?: Record<string, unknown>;
  readonly groups?: Record<string, string>;
}

export interface AmplitudeMapping {
  /**
   * `server`: the event `[Experiment] Exposure` with the user property that Amplitude's own servers set. `client`:
   * `$exposure`, of which Amplitude makes both. Default `server`.
   */
  readonly form?: "server" | "client";
  /** Name of the exposure event. Default: that of the form. */
  readonly exposureEvent?: string;
  /** Key of the unit that is Amplitude's user. Default `user`. */
  readonly userUnit?: string;
  /** Key of the unit that is Amplitude's device. Default `device`. Other units are groups. */
  readonly deviceUnit?: string;
  /** Whether forced exposures are sent, which Amplitude cannot tell from others. Default false. */
  readonly forced?: boolean;
}

/** The messages as Amplitude's events. */
export function amplitudeEvents(
  batch: readonly Message[],
  mapping: AmplitudeMapping,
): readonly AmplitudeEvent[] {
  return batch.flatMap((message) => {
    if (message.kind === "event") return [trackedEvent(message, mapping)];
    return message.forced && !mapping.forced ? [] : [exposureEvent(message, mapping)];
  });
}

function exposureEvent(exposure: Exposure, mapping: AmplitudeMapping): AmplitudeEvent {
  const { form = "server", exposureEvent = form === "server" ? "[Experiment] Exposure" : "$exposure" } =
    mapping;
  const { attributes, experiment, forced, iteration, runtime, variant } = exposure;
  const experimentKey = `${experiment}-${iteration}`;
  const metadata = { ...attributes, forced, runtime };
  return {
    event_type: exposureEvent,
    ...whose(exposure, mapping),
    event_properties:
      form === "server"
        ? {
            "[Experiment] Flag Key": experiment,
            "[Experiment] Variant": variant,
            "[Experiment] Experiment Key": experimentKey,
            metadata,
          }
        : { flag_key: experiment, variant, experiment_key: experimentKey, metadata },
    ...(form === "server" ? { user_properties: { $set: { [`[Experiment] ${experiment}`]: variant } } } : {}),
  };
}

function trackedEvent(message: TrackedEvent, mapping: AmplitudeMapping): AmplitudeEvent {
  return {
    event_type: message.event,
    ...whose(message, mapping),
    event_properties: { ...message.properties },
  };
}

/** Amplitude takes no event without a user or a device: a group's own stands in for a device. */
function whose(
  message: Message,
  { userUnit = "user", deviceUnit = "device" }: AmplitudeMapping,
): Pick<AmplitudeEvent, "user_id" | "device_id" | "groups" | "time" | "insert_id"> {
  const ids = idsOf(message);
  const user = ids.get(userUnit);
  const groups = [...ids].filter(([unit]) => unit !== userUnit && unit !== deviceUnit);
  const device =
    ids.get(deviceUnit) ?? (user === undefined ? groups.map((ids) => ids.join(":"))[0] : undefined);
  return {
    ...(user === undefined ? {} : { user_id: user }),
    ...(device === undefined ? {} : { device_id: device }),
    ...(groups.length > 0 ? { groups: Object.fromEntries(groups) } : {}),
    time: message.timestamp,
    insert_id: message.id,
  };
}
