import type { EvaluationContext, JsonValue } from "@openfeature/core";
import { OpenFeatureEventEmitter, type Provider, type ProviderEmittableEvents } from "@openfeature/web-sdk";
import { createLife } from "../openfeature/configuration-events.ts";
import type { OpenFeatureOptions } from "../openfeature/options.ts";
import { createResolver } from "../openfeature/resolve-flag.ts";
import { createTracker } from "../openfeature/track-event.ts";

/**
 * An OpenFeature provider for browsers: every experiment is a flag, resolved in the page from its static context,
 * so a changed context needs no reconciling.
 */
export function createWebProvider(options: OpenFeatureOptions): Provider {
  const resolve = createResolver(options);
  const events = new OpenFeatureEventEmitter();
  return {
    metadata: { name: "fairtrial" },
    runsOn: "client",
    events,
    ...createLife(options, (event) => events.emit(event as ProviderEmittableEvents)),
    resolveBooleanEvaluation(key: string, fallback: boolean, context: EvaluationContext) {
      return resolve("boolean", key, fallback, context);
    },
    resolveStringEvaluation(key: string, fallback: string, context: EvaluationContext) {
      return resolve("string", key, fallback, context);
    },
    resolveNumberEvaluation(key: string, fallback: number, context: EvaluationContext) {
      return resolve("number", key, fallback, context);
    },
    resolveObjectEvaluation<T extends JsonValue>(key: string, fallback: T, context: EvaluationContext) {
      return resolve("object", key, fallback, context);
    },
    track: createTracker(options),
  };
}
