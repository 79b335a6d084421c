import type { EvaluationContext, EvaluationDetails, JsonValue } from "@openfeature/core";
import { OpenFeature as Server } from "@openfeature/server-sdk";
import { OpenFeature as Web } from "@openfeature/web-sdk";
import type { OpenFeatureOptions } from "../../../src/integrations/openfeature-server/index.ts";
import { createServerProvider } from "../../../src/integrations/openfeature-server/index.ts";
import { createWebProvider } from "../../../src/integrations/openfeature-web/index.ts";

export type FlagType = "boolean" | "string" | "number" | "object";
type Details = EvaluationDetails<JsonValue>;

interface Hook {
  before?(): void;
  after?(context: unknown, details: Details): void;
  error?(context: unknown, error: unknown): void;
  finally?(context: unknown, details: Details): void;
}

/** A real SDK with our provider, on either side. */
export interface Side {
  readonly name: "server" | "web";
  /** Registers the provider and waits for it, unless `wait` is false; the context is the global one. */
  start(options: OpenFeatureOptions, context?: EvaluationContext, wait?: boolean): Promise<void>;
  evaluate(type: FlagType, key: string, fallback: JsonValue, hooks?: readonly Hook[]): Promise<Details>;
  track(
    event: string,
    details?: { readonly value?: number; readonly [key: string]: JsonValue | undefined },
  ): void;
  status(): string;
  /** Collects the names of the events from now on. */
  events(): readonly string[];
  stop(): Promise<void>;
}

const NAMES = ["PROVIDER_READY", "PROVIDER_ERROR", "PROVIDER_CONFIGURATION_CHANGED", "PROVIDER_STALE"];

export const server: Side = {
  name: "server",
  async start(options, context = {}, wait = true) {
    Server.setContext(context);
    const provider = createServerProvider(options);
    if (wait) await Server.setProviderAndWait(provider).catch(() => {});
    else Server.setProvider(provider);
  },
  evaluate(type, key, fallback, hooks = []) {
    const client = Server.getClient();
    client.addHooks(...(hooks as never[]));
    const method = { boolean: "Boolean", string: "String", number: "Number", object: "Object" }[type];
    return client[`get${method}Details` as "getObjectDetails"](key, fallback);
  },
  track: (event, details) => Server.getClient().track(event, {}, details as never),
  status: () => Server.getClient().providerStatus,
  events() {
    const seen: string[] = [];
    for (const name of NAMES) Server.addHandler(name as never, () => void seen.push(name));
    return seen;
  },
  async stop() {
    await Server.close();
    Server.clearHandlers();
    await Server.clearProviders();
  },
};

export const web: Side = {
  name: "web",
  async start(options, context = {}, wait = true) {
    await Web.setContext(context);
    const provider = createWebProvider(options);
    if (wait) await Web.setProviderAndWait(provider).catch(() => {});
    else Web.setProvider(provider);
  },
  async evaluate(type, key, fallback, hooks = []) {
    const client = Web.getClient();
    client.addHooks(...(hooks as never[]));
    const method = { boolean: "Boolean", string: "String", number: "Number", object: "Object" }[type];
    return client[`get${method}Details` as "getObjectDetails"](key, fallback);
  },
  track: (event, details) => Web.getClient().track(event, details as never),
  status: () => Web.getClient().providerStatus,
  events() {
    const seen: string[] = [];
    for (const name of NAMES) Web.addHandler(name as never, () => void seen.push(name));
    return seen;
  },
  async stop() {
    await Web.close();
    Web.clearHandlers();
    await Web.clearProviders();
    await Web.clearContexts();
  },
};
