export { type AmplitudeClient, type AmplitudeSinkOptions, amplitudeSink } from "./client-sink.ts";
export type { AmplitudeEvent, AmplitudeMapping } from "./event.ts";
export { type AmplitudeHttpSinkOptions, amplitudeHttpSink } from "./http-sink.ts";
