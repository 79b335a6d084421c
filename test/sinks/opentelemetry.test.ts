import { createHash } from "node:crypto";
import type { Logger } from "@opentelemetry/api-logs";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { expect, test } from "vitest";
import {
  type OpenTelemetrySinkOptions,
  openTelemetrySink,
} from "../../src/integrations/opentelemetry/index.ts";
import { EVENT, EXPOSURE, FORCED } from "./messages.ts";

/** The records that OpenTelemetry's own SDK exports. */
async function exported(options: Omit<OpenTelemetrySinkOptions, "logger">) {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor(exporter)] });
  const logger: Logger = provider.getLogger("app");
  await openTelemetrySink({ logger, ...options }).send([EXPOSURE, FORCED, EVENT]);
  await provider.forceFlush();
  return exporter.getFinishedLogRecords();
}

test("exposures are events of the semantic conventions for feature flags", async () => {
  const records = await exported({ set: "acme-shop" });
  expect(records.map(({ eventName }) => eventName)).toEqual(Array(2).fill("feature_flag.evaluation"));
  expect(records[0]!.attributes).toEqual({
    "feature_flag.key": "show-plugins",
    "feature_flag.result.variant": "on",
    "feature_flag.result.reason": "split",
    "feature_flag.provider.name": "fairtrial",
    "feature_flag.version": "2",
    "feature_flag.set.id": "acme-shop",
  });
  expect(records[1]!.attributes["feature_flag.result.reason"]).toBe("targeting_match");
  const [seconds, nanoseconds] = records[0]!.hrTime;
  expect(seconds * 1000 + nanoseconds / 1e6).toBe(EXPOSURE.timestamp);
});

test("the unit's id is there as it is, or behind SHA-256, or not at all", async () => {
  const ids = async (contextId: OpenTelemetrySinkOptions["contextId"]) =>
    (await exported(contextId === undefined ? {} : { contextId })).map(
      ({ attributes }) => attributes["feature_flag.context.id"],
    );
  expect(await ids(undefined)).toEqual([undefined, undefined]);
  expect(await ids("id")).toEqual(["acme", "acme"]);
  const hash = createHash("sha256").update("pepper/acme").digest("hex");
  expect(await ids({ pepper: "pepper/" })).toEqual([hash, hash]);
});

test("tracked events are logged where a project wants them, and names are its own", async () => {
  const records = await exported({ events: true, exposureEvent: "seen" });
  expect(records.map(({ eventName }) => eventName)).toEqual(["seen", "seen", "purchase"]);
  expect(records[2]!.attributes).toEqual({ amount: 30, refunded: false });
});
