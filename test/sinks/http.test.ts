import { afterEach, describe, expect, test, vi } from "vitest";
import { httpSink, keepOffline, type OfflineStorage } from "../../src/integrations/http/index.ts";
import { createExperiments, type Message, type Sink } from "../../src/runtime/index.ts";
import { loopback } from "./loopback.ts";
import { EVENT, EXPOSURE } from "./messages.ts";

afterEach(() => vi.unstubAllGlobals());

const lines = (body: string): unknown[] =>
  body
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

test("posts a message per line, or as a project wants it", async () => {
  const { url, received } = await loopback(204);
  await httpSink({ url: `${url}/collect`, headers: { authorization: "Bearer t" } }).send([EXPOSURE, EVENT]);
  await httpSink({ url, encode: JSON.stringify, type: "application/json" }).send([EVENT]);
  expect(received[0]).toMatchObject({
    path: "/collect",
    headers: { "content-type": "application/x-ndjson", authorization: "Bearer t" },
  });
  expect(lines(received[0]!.body)).toEqual([EXPOSURE, EVENT]);
  expect(received[1]).toMatchObject({ headers: { "content-type": "application/json" } });
  expect(JSON.parse(received[1]!.body)).toEqual([EVENT]);
});

describe("an answer", () => {
  test.each([
    [400, { permanent: true }],
    [403, { permanent: true }],
    [408, { permanent: false }],
    [413, { permanent: true }],
    [429, { permanent: false }],
    [500, { permanent: false }],
    [503, { permanent: false }],
  ])("of %d is refused", async (status, refusal) => {
    const { url } = await loopback(status);
    await expect(httpSink({ url }).send([EVENT])).rejects.toMatchObject({
      status,
      retryAfter: 0,
      ...refusal,
    });
  });

  test("may say when to come again, in seconds or as an instant", async () => {
    const instant = new Date(Date.now() + 90_000).toUTCString();
    const { url } = await loopback(
      (response) => response.writeHead(429, { "retry-after": "7" }).end(),
      (response) => response.writeHead(503, { "retry-after": instant }).end(),
      (response) => response.writeHead(503, { "retry-after": "soon" }).end(),
    );
    const refusal = async (): Promise<number> =>
      await httpSink({ url })
        .send([EVENT])!
        .then(
          () => -1,
          (error) => error.retryAfter,
        );
    expect(await refusal()).toBe(7_000);
    const wait = await refusal();
    expect(wait).toBeGreaterThan(60_000);
    expect(wait).toBeLessThanOrEqual(90_000);
    expect(await refusal()).toBe(0);
  });

  test("that is cut off is refused, one of garbage is none of our business", async () => {
    const { url } = await loopback(
      (response) => response.destroy(),
      (response) => response.writeHead(200).end("\u0000<html>"),
    );
    await expect(httpSink({ url }).send([EVENT])).rejects.toThrow();
    await expect(httpSink({ url }).send([EVENT])).resolves.toBeUndefined();
  });
});

test("an app delivers each message once over 429, 500, a reset and a server that hangs", async () => {
  const { url, received } = await loopback(
    (response) => response.writeHead(429, { "retry-after": "0.05" }).end(),
    500,
    (response) => response.destroy(),
    () => {},
    200,
  );
  const experiments = createExperiments({
    now: Date.now,
    sinks: [httpSink({ url })],
    schedule: (task, delay) => void setTimeout(task, delay),
    limit(task, delay) {
      const timer = setTimeout(task, delay);
      return () => clearTimeout(timer);
    },
    random: () => 0.01,
    timeout: 200,
    delay: 1,
  });
  experiments.track("purchase", { userId: "a" }, { amount: 1 });
  experiments.track("purchase", { userId: "b" }, { amount: 2 });
  await experiments.close({ deadline: 20_000 });
  expect(experiments.counts().sinks).toEqual([{ sink: "http", delivered: 2, waiting: 0, dropped: 0 }]);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  expect(received).toHaveLength(5);
});

describe("a page that is hidden", () => {
  const hide = (sendBeacon: (url: string, body: Blob) => boolean) => {
    const fetched: unknown[] = [];
    vi.stubGlobal("document", { hidden: true });
    vi.stubGlobal("navigator", { onLine: true, sendBeacon });
    vi.stubGlobal("fetch", async (...request: unknown[]) => {
      fetched.push(request);
      return new Response("");
    });
    return fetched;
  };

  test("sends a beacon, at once", async () => {
    const beacons: [string, Blob][] = [];
    const fetched = hide((...beacon) => beacons.push(beacon) > 0);
    expect(httpSink({ url: "/collect" }).send([EVENT])).toBeUndefined();
    expect([beacons[0]![0], beacons[0]![1].type]).toEqual(["/collect", "application/x-ndjson"]);
    expect(lines(await beacons[0]![1].text())).toEqual([EVENT]);
    expect(fetched).toEqual([]);
  });

  test("sends no beacon offline, which would be lost: the request fails, and the batch is kept", async () => {
    const beacons: unknown[] = [];
    hide((...beacon) => beacons.push(beacon) > 0);
    vi.stubGlobal("navigator", { onLine: false, sendBeacon: () => beacons.push(0) > 0 });
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(httpSink({ url: "/collect" }).send([EVENT])).rejects.toThrow("Failed to fetch");
    expect(beacons).toEqual([]);
  });

  test("keeps a request alive where the beacon is refused, or has headers", async () => {
    const fetched = hide(() => false);
    await httpSink({ url: "/collect" }).send([EVENT]);
    await httpSink({ url: "/collect", headers: { authorization: "x" } }).send([EVENT]);
    const long = { ...EVENT, properties: { note: "x".repeat(70_000) } };
    await httpSink({ url: "/collect" }).send([long]);
    const wide = { ...EVENT, properties: { note: "\u4e2d".repeat(30_000) } };
    await httpSink({ url: "/collect" }).send([wide]);
    expect(fetched).toMatchObject([
      ["/collect", { keepalive: true, method: "POST" }],
      ["/collect", { keepalive: true }],
      ["/collect", { keepalive: false }],
      ["/collect", { keepalive: false }],
    ]);
  });
});

describe("an offline queue", () => {
  function createStorage(): OfflineStorage & { readonly kept: Map<string, string> } {
    const kept = new Map<string, string>();
    return {
      kept,
      get length() {
        return kept.size;
      },
      key: (index) => [...kept.keys()][index] ?? null,
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  }

  function createSink(isUp: () => boolean) {
    const taken: Message[] = [];
    const sink: Sink = {
      name: "inner",
      async send(batch) {
        if (!isUp()) throw new Error("offline");
        taken.push(...batch);
      },
    };
    return { sink, taken };
  }

  test("outlives the page: the next one delivers what was not taken, once", async () => {
    const storage = createStorage();
    const offline = createSink(() => false);
    await expect(keepOffline(offline.sink, { storage }).send([EXPOSURE, EVENT])).rejects.toThrow("offline");
    expect(storage.kept.size).toBe(2);
    const online = createSink(() => true);
    const next = keepOffline(online.sink, { storage });
    await next.send([{ ...EVENT, id: "new" }]);
    await next.send([{ ...EVENT, id: "newer" }]);
    expect(online.taken.map(({ id }) => id)).toEqual([EXPOSURE.id, EVENT.id, "new", "newer"]);
    expect(online.taken[0]).toEqual(EXPOSURE);
    expect(storage.kept.size).toBe(0);
  });

  test("is bounded, leaves other keys alone, and does without a storage that is broken", async () => {
    const storage = createStorage();
    storage.setItem("theirs", "1");
    storage.setItem("fairtrial/odd", "{");
    const offline = createSink(() => false);
    const batch = Array.from({ length: 5 }, (_, index) => ({ ...EVENT, id: String(index) }));
    await expect(keepOffline(offline.sink, { storage, messages: 3 }).send(batch)).rejects.toThrow();
    expect([...storage.kept.keys()]).toEqual([
      "theirs",
      "fairtrial/odd",
      ...["0", "1", "2"].map((id) => `fairtrial/${id}`),
    ]);
    const broken = new Proxy(storage, {
      get() {
        throw new Error("forbidden");
      },
    });
    const online = createSink(() => true);
    await keepOffline(online.sink, { storage: broken }).send([EVENT]);
    expect(online.taken).toEqual([EVENT]);
  });
});
