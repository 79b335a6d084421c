export { type HttpSinkOptions, httpSink } from "./http-sink.ts";
export { keepOffline, type OfflineOptions, type OfflineStorage } from "./keep-offline.ts";
