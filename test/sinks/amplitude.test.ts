import { createInstance, Types } from "@amplitude/analytics-node";
import { describe, expect, test } from "vitest";
import { amplitudeHttpSink, amplitudeSink } from "../../src/integrations/amplitude/index.ts";
import { loopback } from "./loopback.ts";
import { EVENT, EXPOSURE, FORCED } from "./messages.ts";

const TIME = { time: EXPOSURE.timestamp, insert_id: EXPOSURE.id };
const SERVER_FORM = {
  event_type: "[Experiment] Exposure",
  user_id: "u-42",
  groups: { org: "acme" },
  ...TIME,
  event_properties: {
    "[Experiment] Flag Key": "show-plugins",
    "[Experiment] Variant": "on",
    "[Experiment] Experiment Key": "show-plugins-2",
    metadata: { country: "US", flags: ["a", "b"], forced: false, runtime: "fairtrial/test" },
  },
  user_properties: { $set: { "[Experiment] show-plugins": "on" } },
};
const TRACKED = {
  event_type: "purchase",
  user_id: "u-42",
  time: EVENT.timestamp,
  insert_id: EVENT.id,
  event_properties: { amount: 30, refunded: false },
};

describe("HTTP V2", () => {
  test("gets events in the form of Amplitude's servers, without forced ones", async () => {
    const { url, received } = await loopback();
    await amplitudeHttpSink({ apiKey: "key", url }).send([EXPOSURE, FORCED, EVENT]);
    expect(JSON.parse(received[0]!.body)).toEqual({
      api_key: "key",
      events: [SERVER_FORM, TRACKED],
      options: { min_id_length: 1 },
    });
  });

  test("gets events in the form of its clients, under another name, for devices and groups alone", async () => {
    const { url, received } = await loopback();
    const sink = amplitudeHttpSink({ apiKey: "key", url, form: "client", forced: true });
    await sink.send([
      { ...FORCED, unitType: "device", unitId: "d-1", actingUnits: {} },
      { ...EXPOSURE, actingUnits: {} },
    ]);
    await amplitudeHttpSink({ apiKey: "key", url, exposureEvent: "Seen" }).send([EXPOSURE]);
    const [device, group] = JSON.parse(received[0]!.body).events;
    expect(device).toMatchObject({
      event_type: "$exposure",
      device_id: "d-1",
      event_properties: { flag_key: "show-plugins", variant: "on", experiment_key: "show-plugins-2" },
    });
    expect(device).not.toHaveProperty("user_id");
    expect(group).toMatchObject({ device_id: "org:acme", groups: { org: "acme" } });
    expect(JSON.parse(received[1]!.body).events[0].event_type).toBe("Seen");
  });

  test("gets fewer than 2,000 events and less than 1 MB at a time", async () => {
    const { url, received } = await loopback();
    const sink = amplitudeHttpSink({ apiKey: "key", url });
    const many = Array.from({ length: 4_500 }, (_, index) => ({ ...EVENT, id: String(index) }));
    await sink.send(many);
    const long = many.slice(0, 40).map((event) => ({ ...event, properties: { note: "ü".repeat(30_000) } }));
    await sink.send(long);
    const requests = received.map(({ body }) => ({ body, events: JSON.parse(body).events }));
    for (const { body, events } of requests) {
      expect(events.length).toBeLessThan(2_000);
      expect(Buffer.byteLength(body)).toBeLessThan(1_000_000);
    }
    const ids = requests.flatMap(({ events }) =>
      events.map((event: { insert_id: string }) => event.insert_id),
    );
    expect(ids).toEqual([...many, ...long].map(({ id }) => id));
  });

  test("is left alone for 15 s after 429, and for as long as it says after that", async () => {
    const { url } = await loopback(
      429,
      (response) => response.writeHead(429, { "retry-after": "60" }).end(),
      400,
    );
    const sink = amplitudeHttpSink({ apiKey: "key", url });
    await expect(sink.send([EVENT])).rejects.toMatchObject({ retryAfter: 15_000, permanent: false });
    await expect(sink.send([EVENT])).rejects.toMatchObject({ retryAfter: 60_000 });
    await expect(sink.send([EVENT])).rejects.toMatchObject({ permanent: true });
  });
});

test("a key that Amplitude does not know, which it answers as it does a bad event, is not tried event by event", async () => {
  const { url, received } = await loopback(400);
  const messages = Array.from({ length: 100 }, (_, index) => ({ ...EVENT, id: String(index) }));
  const sent = amplitudeHttpSink({ apiKey: "key", url }).send(messages);
  await expect(sent).rejects.toMatchObject({ permanent: true, lost: 100 });
  expect(received.length).toBeLessThan(20);
});

test("Amplitude's own client sends the same form", async () => {
  const { url, received } = await loopback((response) =>
    response.writeHead(200).end(JSON.stringify({ code: 200, events_ingested: 2 })),
  );
  const client = createInstance();
  await client.init("key", { serverUrl: url, minIdLength: 1, logLevel: Types.LogLevel.None }).promise;
  const sink = amplitudeSink({ client });
  sink.send([EXPOSURE, FORCED, EVENT]);
  await sink.close!();
  const { events } = JSON.parse(received[0]!.body);
  expect(events).toMatchObject([SERVER_FORM, TRACKED]);
});
