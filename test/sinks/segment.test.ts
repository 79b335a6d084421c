import { Analytics } from "@segment/analytics-node";
import { expect, test } from "vitest";
import { segmentHttpSink, segmentSink } from "../../src/integrations/segment/index.ts";
import { loopback } from "./loopback.ts";
import { EVENT, EXPOSURE, FORCED } from "./messages.ts";

const VIEWED = {
  type: "track",
  messageId: EXPOSURE.id,
  event: "Experiment Viewed",
  userId: "u-42",
  timestamp: "2026-11-12T09:30:00.000Z",
  context: { groupId: "acme" },
  properties: {
    experiment_id: "show-plugins",
    experiment_name: "show-plugins",
    variation_id: "on",
    variation_name: "on",
    iteration: 2,
    forced: false,
    nonInteraction: 1,
    country: "US",
    flags: ["a", "b"],
  },
};
const TRACKED = {
  type: "track",
  messageId: EVENT.id,
  event: "purchase",
  userId: "u-42",
  timestamp: "2026-11-12T09:30:01.000Z",
  properties: { amount: 30, refunded: false },
};

test("/v1/batch gets track calls, without forced exposures", async () => {
  const { url, received } = await loopback();
  await segmentHttpSink({ writeKey: "key", url: `${url}/v1/batch` }).send([EXPOSURE, FORCED, EVENT]);
  const { batch, sentAt } = JSON.parse(received[0]!.body);
  expect(received[0]!.headers.authorization).toBe(`Basic ${Buffer.from("key:").toString("base64")}`);
  expect([received[0]!.path, batch]).toEqual(["/v1/batch", [VIEWED, TRACKED]]);
  expect(Number.isNaN(Date.parse(sentAt))).toBe(false);
});

test("a call has a user or an anonymous visitor, and an id of at most 100 characters", async () => {
  const { url, received } = await loopback();
  const long = { ...EXPOSURE, unitType: "org", unitId: "x".repeat(500), actingUnits: {} };
  const sink = segmentHttpSink({ writeKey: "key", url, exposureEvent: "Seen", forced: true });
  await sink.send([
    { ...long, id: `a/${long.unitId}` },
    { ...long, id: `a/${long.unitId}y` },
    { ...FORCED, unitType: "device", unitId: "d-1", actingUnits: {} },
  ]);
  const { batch } = JSON.parse(received[0]!.body);
  expect(batch[0]).toMatchObject({ event: "Seen", anonymousId: `org:${long.unitId}` });
  expect(batch[2]).toMatchObject({ anonymousId: "d-1", properties: { forced: true } });
  const ids: string[] = batch.map(({ messageId }: { readonly messageId: string }) => messageId);
  expect(ids.map((id) => id.length <= 100)).toEqual([true, true, true]);
  expect(new Set(ids).size).toBe(3);
});

test("a batch has at most 500 kB", async () => {
  const { url, received } = await loopback();
  const calls = Array.from({ length: 30 }, (_, index) => ({
    ...EVENT,
    id: String(index),
    properties: { note: "ü".repeat(15_000) },
  }));
  await segmentHttpSink({ writeKey: "key", url }).send(calls);
  expect(received.length).toBeGreaterThan(1);
  for (const { body } of received) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(500_000);
});

test("a call that Segment cannot take does not take the others with it, and is counted", async () => {
  const tooLarge = 40_000;
  const { url, received } = await loopback((response, body) => {
    const calls: readonly object[] = JSON.parse(body).batch;
    const isRefused = calls.some((call) => JSON.stringify(call).length > 32_000);
    response.writeHead(isRefused ? 400 : 200).end();
  });
  const messages = Array.from({ length: 100 }, (_, index) => ({
    ...EVENT,
    id: String(index),
    properties: { note: "x".repeat(index === 17 || index === 80 ? tooLarge : 10) },
  }));
  const sink = segmentHttpSink({ writeKey: "key", url });
  await expect(sink.send(messages)).rejects.toMatchObject({ status: 400, permanent: true, lost: 2 });
  const taken = received
    .map(({ body }): readonly { readonly messageId: string }[] => JSON.parse(body).batch)
    .filter((calls) => JSON.stringify(calls).length < tooLarge)
    .flatMap((calls) => calls.map(({ messageId }) => messageId));
  expect(taken).toEqual(messages.map(({ id }) => id).filter((id) => id !== "17" && id !== "80"));
  expect(received.length).toBeLessThan(30);
});

test("a key that Segment does not know is not tried call by call", async () => {
  const { url, received } = await loopback(401);
  const messages = Array.from({ length: 100 }, (_, index) => ({ ...EVENT, id: String(index) }));
  const sent = segmentHttpSink({ writeKey: "key", url }).send(messages);
  await expect(sent).rejects.toMatchObject({ permanent: true, lost: 100 });
  expect(received).toHaveLength(1);
});

test("Segment's own client sends the same form", async () => {
  const { url, received } = await loopback();
  const client = new Analytics({ writeKey: "key", host: url });
  const sink = segmentSink({ client });
  sink.send([EXPOSURE, FORCED, EVENT]);
  await sink.flush!();
  await client.closeAndFlush();
  const batch = received.flatMap(({ body }) => JSON.parse(body).batch);
  expect(received[0]!.path).toBe("/v1/batch");
  expect(batch).toMatchObject([VIEWED, TRACKED]);
});
