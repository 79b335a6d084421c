export { createLiveUpdates, type LiveUpdates } from "../openfeature/live-updates.ts";
export type { ConfigurationState, FlaggedExperiments, OpenFeatureOptions } from "../openfeature/options.ts";
export { createWebProvider } from "./provider.ts";
