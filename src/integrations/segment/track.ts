import type { Exposure, Message } from "../../runtime/index.ts";
import { idsOf } from "../posting/ids-of.ts";
import { shortId } from "../posting/short-id.ts";

/** A track call, as Segment, Customer.io and RudderStack take it. */
export type SegmentTrack = {
  /** Where two calls have the same, Segment keeps one. At most 100 characters. */
  readonly messageId: string;
  readonly event: string;
  readonly properties: Record<string, unknown>;
  readonly timestamp: Date;
  readonly context?: Record<string, unknown>;
} & ({ readonly userId: string; readonly anonymousId?: string } | { readonly anonymousId: string });

export interface SegmentMapping {
  /** Name of the exposure event. Default `Experiment Viewed`. */
  readonly exposureEvent?: string;
  /** Key of the unit that is Segment's user. Default `user`. */
  readonly userUnit?: string;
  /** Key of the unit that is Segment's anonymous visitor. Default `device`. One of the others is the group. */
  readonly anonymousUnit?: string;
  /** Whether forced exposures are sent, which receivers behind Segment cannot tell from others. Default false. */
  readonly forced?: boolean;
}

/** The messages as track calls. */
export function segmentTracks(batch: readonly Message[], mapping: SegmentMapping): readonly SegmentTrack[] {
  const { exposureEvent = "Experiment Viewed", forced = false } = mapping;
  return batch.flatMap((message) => {
    if (message.kind === "event")
      return [{ ...whose(message, mapping), event: message.event, properties: { ...message.properties } }];
    if (message.forced && !forced) return [];
    return [{ ...whose(message, mapping), event: exposureEvent, properties: propertiesOf(message) }];
  });
}

/** The names of Segment's A/B testing specification, then what is ours. */
function propertiesOf({
  attributes,
  experiment,
  forced,
  iteration,
  variant,
}: Exposure): Record<string, unknown> {
  return {
    ...attributes,
    experiment_id: experiment,
    experiment_name: experiment,
    variation_id: variant,
    variation_name: variant,
    iteration,
    forced,
    nonInteraction: 1,
  };
}

/** Segment takes no call without a user or an anonymous visitor: a group's own stands in for one. */
function whose(
  message: Message,
  { userUnit = "user", anonymousUnit = "device" }: SegmentMapping,
): Omit<SegmentTrack, "event" | "properties"> & { readonly anonymousId: string } {
  const ids = idsOf(message);
  const user = ids.get(userUnit);
  const group = [...ids].find(([unit]) => unit !== userUnit && unit !== anonymousUnit);
  const anonymous = ids.get(anonymousUnit) ?? (user === undefined ? group?.join(":") : undefined);
  return {
    messageId: shortId(message.id),
    timestamp: new Date(message.timestamp),
    ...(user === undefined ? {} : { userId: user }),
    ...(anonymous === undefined ? {} : { anonymousId: anonymous }),
    ...(group ? { context: { groupId: group[1] } } : {}),
  } as Omit<SegmentTrack, "event" | "properties"> & { readonly anonymousId: string };
}
