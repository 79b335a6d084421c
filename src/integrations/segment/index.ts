export { type SegmentClient, type SegmentSinkOptions, segmentSink } from "./client-sink.ts";
export { type SegmentHttpSinkOptions, segmentHttpSink } from "./http-sink.ts";
export type { SegmentMapping, SegmentTrack } from "./track.ts";
