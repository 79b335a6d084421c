import type { Sink } from "../../runtime/index.ts";
import { sendInParts } from "../posting/send-in-parts.ts";
import { type SegmentMapping, segmentTracks } from "./track.ts";

export interface SegmentHttpSinkOptions extends SegmentMapping {
  readonly writeKey: string;
  /** Default `https://api.segment.io/v1/batch`. */
  readonly url?: string;
  /** Default `segment`. */
  readonly name?: string;
}

/** A batch has at most 2,500 calls and 500 kB. */
const LIMITS = { items: 2_500, bytes: 500_000 };

/** Posts messages to `/v1/batch` of Segment, or of what takes the same form. */
export function segmentHttpSink({
  name = "segment",
  url = "https://api.segment.io/v1/batch",
  writeKey,
  ...mapping
}: SegmentHttpSinkOptions): Sink {
  const { btoa } = globalThis as unknown as Host;
  const headers = { "content-type": "application/json", authorization: `Basic ${btoa(`${writeKey}:`)}` };
  return {
    name,
    async send(batch) {
      const calls = segmentTracks(batch, mapping).map((call) => ({ type: "track", ...call }));
      await sendInParts(calls, LIMITS, { url, headers }, (part) =>
        JSON.stringify({ batch: part, sentAt: new Date() }),
      );
    },
  };
}

interface Host {
  readonly btoa: (text: string) => string;
}
