import type { ConfigurationState, OpenFeatureOptions } from "./options.ts";

/** Their names are the same in both SDKs, whose enumerations are not. */
const EVENTS = {
  changed: "PROVIDER_CONFIGURATION_CHANGED",
  stale: "PROVIDER_STALE",
  current: "PROVIDER_READY",
} as const;

export type ConfigurationEvent = (typeof EVENTS)[ConfigurationState];

/** The parts of a provider that begin and end it. */
export interface ProviderLife {
  initialize(): Promise<void>;
  onClose(): Promise<void>;
}

/** Emits what the app's updates tell, from `initialize` until `onClose`, which sends what is waiting. */
export function createLife(
  { experiments, ready, updates }: OpenFeatureOptions,
  emit: (event: ConfigurationEvent) => void,
): ProviderLife {
  let stop: (() => void) | undefined;
  return {
    async initialize() {
      await ready?.();
      stop?.();
      stop = updates?.((state) => emit(EVENTS[state]));
    },
    async onClose() {
      stop?.();
      stop = undefined;
      await experiments.flush();
    },
  };
}
