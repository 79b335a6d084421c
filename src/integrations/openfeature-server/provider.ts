import type { EvaluationContext, JsonValue } from "@openfeature/core";
import { OpenFeatureEventEmitter, type Provider, type ServerProviderEvents } from "@openfeature/server-sdk";
import { createLife } from "../openfeature/configuration-events.ts";
import type { OpenFeatureOptions } from "../openfeature/options.ts";
import { createResolver } from "../openfeature/resolve-flag.ts";
import { createTracker } from "../openfeature/track-event.ts";

/**
 * An OpenFeature provider for servers: every experiment is a flag. `OpenFeature.setProvider(createServerProvider({
 * experiments, every: everyExperiment }))`.
 */
export function createServerProvider(options: OpenFeatureOptions): Provider {
  const resolve = createResolver(options);
  const events = new OpenFeatureEventEmitter();
  return {
    metadata: { name: "fairtrial" },
    runsOn: "server",
    events,
    ...createLife(options, (event) => events.emit(event as ServerProviderEvents)),
    async resolveBooleanEvaluation(key: string, fallback: boolean, context: EvaluationContext) {
      return resolve("boolean", key, fallback, context);
    },
    async resolveStringEvaluation(key: string, fallback: string, context: EvaluationContext) {
      return resolve("string", key, fallback, context);
    },
    async resolveNumberEvaluation(key: string, fallback: number, context: EvaluationContext) {
      return resolve("number", key, fallback, context);
    },
    async resolveObjectEvaluation<T extends JsonValue>(key: string, fallback: T, context: EvaluationContext) {
      return resolve("object", key, fallback, context);
    },
    track: createTracker(options),
  };
}
