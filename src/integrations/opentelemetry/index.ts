import type { Exposure, Sink, TrackedEvent } from "../../runtime/index.ts";

/** What is needed of a logger of `@opentelemetry/api-logs`. */
export interface OpenTelemetryLogger {
  emit(record: {
    readonly eventName: string;
    /** A number from before the process began would be taken for one since then. */
    readonly timestamp: Date;
    readonly attributes: Record<string, string | number | boolean | string[]>;
  }): void;
}

export interface OpenTelemetrySinkOptions {
  readonly logger: OpenTelemetryLogger;
  /** Name of the exposure event. Default `feature_flag.evaluation`. */
  readonly exposureEvent?: string;
  /**
   * What `feature_flag.context.id` holds: the unit's id, which is personal data; its SHA-256, in hex, behind the
   * pepper; or nothing. Default `omit`.
   */
  readonly contextId?: "id" | "omit" | { readonly pepper: string };
  /** `feature_flag.set.id`, such as the project's name. Default: none. */
  readonly set?: string;
  /** Whether tracked events are logged too, under their own names. Default false. */
  readonly events?: boolean;
  /** Default `opentelemetry`. */
  readonly name?: string;
}

/** Logs exposures in the form of the semantic conventions for feature flags. */
export function openTelemetrySink({
  contextId = "omit",
  events = false,
  exposureEvent = "feature_flag.evaluation",
  logger,
  name = "opentelemetry",
  set,
}: OpenTelemetrySinkOptions): Sink {
  async function idOf(unitId: string): Promise<{ readonly "feature_flag.context.id"?: string }> {
    if (contextId === "omit") return {};
    return {
      "feature_flag.context.id": contextId === "id" ? unitId : await sha256(contextId.pepper + unitId),
    };
  }

  async function logExposure({ experiment, iteration, reason, timestamp, unitId, variant }: Exposure) {
    logger.emit({
      eventName: exposureEvent,
      timestamp: new Date(timestamp),
      attributes: {
        "feature_flag.key": experiment,
        "feature_flag.result.variant": variant,
        "feature_flag.result.reason": reason === "assigned" ? "split" : "targeting_match",
        "feature_flag.provider.name": "fairtrial",
        "feature_flag.version": String(iteration),
        ...(set === undefined ? {} : { "feature_flag.set.id": set }),
        ...(await idOf(unitId)),
      },
    });
  }

  async function logEvent({ event, properties, timestamp, units }: TrackedEvent) {
    const [unitId = ""] = Object.values(units);
    logger.emit({
      eventName: event,
      timestamp: new Date(timestamp),
      attributes: { ...mutable(properties), ...(await idOf(unitId)) },
    });
  }

  return {
    name,
    async send(batch) {
      for (const message of batch) {
        if (message.kind === "exposure") await logExposure(message);
        else if (events) await logEvent(message);
      }
    },
  };
}

function mutable(
  properties: TrackedEvent["properties"],
): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, typeof value === "object" ? [...value] : value]),
  );
}

async function sha256(text: string): Promise<string> {
  const { crypto, TextEncoder } = globalThis as unknown as Host;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

interface Host {
  readonly TextEncoder: new () => { encode(text: string): unknown };
  readonly crypto: { readonly subtle: { digest(algorithm: string, bytes: unknown): Promise<ArrayBuffer> } };
}
