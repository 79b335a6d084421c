export type { Fetch, FetchFailure } from "./fetch-manifest.ts";
export {
  createLive,
  type LiveEvent,
  type LiveManifest,
  type LiveOptions,
  type ManifestStore,
} from "./live.ts";
