import type { Sink } from "../../runtime/index.ts";
import { type SegmentMapping, type SegmentTrack, segmentTracks } from "./track.ts";

/** What is needed of a client of `@segment/analytics-node`. */
export interface SegmentClient {
  track(call: SegmentTrack): void;
  flush(options: { readonly timeout?: number }): Promise<void>;
}

export interface SegmentSinkOptions extends SegmentMapping {
  readonly client: SegmentClient;
  /** Default `segment`. */
  readonly name?: string;
}

/** Hands messages to Segment's own client, which batches and retries by itself: they are taken when it has them. */
export function segmentSink({ client, name = "segment", ...mapping }: SegmentSinkOptions): Sink {
  const flush = () => client.flush({});
  return {
    name,
    send(batch) {
      for (const call of segmentTracks(batch, mapping)) client.track(call);
    },
    flush,
    close: flush,
  };
}
