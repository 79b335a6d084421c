import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { createLive, type LiveEvent, type LiveOptions } from "../../../src/integrations/live/index.ts";
import { assign, createExperiments, load } from "../../../src/runtime/index.ts";
import { experimentEntry } from "../experiment-entry.ts";
import { serve } from "../loopback.ts";
import { manifestOf } from "./manifests.ts";

const compiled = load(experimentEntry());
const running = JSON.stringify(manifestOf(experimentEntry()));
const stopped = JSON.stringify(manifestOf(experimentEntry({ status: "stopped" })));

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that answers as the last answer says, and a live manifest that looks at it when it is told to. */
async function world(first: Answer, options: Partial<LiveOptions> = {}) {
  const server = { answer: first, requests: [] as IncomingMessage[] };
  const origin = await serve((request, response) => {
    server.requests.push(request);
    server.answer(request, response);
  });
  const events: LiveEvent[] = [];
  const waits: { readonly run: () => void; readonly milliseconds: number }[] = [];
  const live = createLive({
    url: `${origin}/manifest.json`,
    report: (event) => events.push(event),
    schedule: (run, milliseconds) => {
      // The timeout of a look is the machine's; the time between looks is the test's.
      if (milliseconds === (options.timeout ?? 10_000)) {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      }
      const wait = { run, milliseconds };
      waits.push(wait);
      return () => void waits.splice(waits.indexOf(wait) >>> 0, 1);
    },
    random: () => 0.5,
    ...options,
  });
  onTestFinished(() => live.close());
  const reason = () => assign(live.current(compiled), { userId: "u-1" }).reason;
  return { server, live, events, waits, reason, kinds: () => events.map(({ kind }) => kind) };
}

const give =
  (body: string, headers: Record<string, string> = {}, status = 200): Answer =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);

describe("a live manifest", () => {
  test("is the compiled experiments until it comes, and what it says from then on", async () => {
    const { live, reason, events } = await world(give(stopped));
    expect(live.current(compiled)).toBe(compiled);
    await live.start();
    expect(reason()).toBe("not-running");
    expect(live.contentHash()).toBe(JSON.parse(stopped).contentHash);
    expect(events).toEqual([{ kind: "updated", contentHash: live.contentHash(), from: "network" }]);
  });

  test("gives one experiment per manifest, so that assigning makes nothing new", async () => {
    const { live, server } = await world(give(running));
    await live.start();
    const one = live.current(compiled);
    expect(live.current(compiled)).toBe(one);
    await live.refresh();
    expect(live.current(compiled)).toBe(one);
    server.answer = give(stopped);
    await live.refresh();
    expect(live.current(compiled)).not.toBe(one);
  });

  test("asks with the tag of what it has, and keeps it on 304", async () => {
    const { live, server, kinds, reason } = await world((request, response) => {
      if (request.headers["if-none-match"] === '"one"') response.writeHead(304).end();
      else give(stopped, { etag: '"one"' })(request, response);
    });
    await live.start();
    await live.refresh();
    expect(server.requests.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, '"one"']);
    expect(kinds()).toEqual(["updated", "unchanged"]);
    expect(reason()).toBe("not-running");
  });

  test("looks again and again, with jitter, and leaves a busy server alone", async () => {
    const { live, server, waits, reason } = await world(give(running), { every: 30_000 });
    await live.start();
    expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([30_000]);
    server.answer = give("busy", { "retry-after": "120" }, 503);
    waits.pop()!.run();
    await expect.poll(() => waits.length).toBe(1);
    expect(waits[0]!.milliseconds).toBe(120_000);
    server.answer = give(stopped);
    waits.pop()!.run();
    await expect.poll(reason).toBe("not-running");
    await expect.poll(() => waits.length).toBe(1);
    live.close();
    expect(waits).toEqual([]);
  });

  test("spreads looks over a fifth around the time between them", async () => {
    for (const [random, wait] of [
      [0, 48_000],
      [0.999_999, 72_000],
    ] as const) {
      const { live, waits } = await world(give(running), { random: () => random });
      await live.start();
      expect(waits[0]!.milliseconds).toBeCloseTo(wait, -1);
    }
  });

  test("goes back where an older manifest is published: the server has the last word", async () => {
    const { live, server, reason, kinds } = await world(give(running));
    await live.start();
    server.answer = give(stopped);
    await live.refresh();
    expect(reason()).toBe("not-running");
    server.answer = give(running);
    await live.refresh();
    expect(reason()).toBe("assigned");
    expect(kinds()).toEqual(["updated", "updated", "updated"]);
  });

  test("tells once per manifest that an entry is another experiment", async () => {
    const other = (iteration: number) => JSON.stringify(manifestOf(experimentEntry({ iteration })));
    const { live, server, events } = await world(give(other(2)));
    await live.start();
    for (let again = 0; again < 3; again++) expect(live.current(compiled)).toBe(compiled);
    const told = { kind: "incompatible", experiment: "buy-button", differences: ["iteration"] };
    expect(events.slice(1)).toEqual([told]);
    server.answer = give(other(3));
    await live.refresh();
    live.current(compiled);
    expect(events.slice(3)).toEqual([told]);
  });

  test("leaves alone what it does not list", async () => {
    const { live } = await world(give(JSON.stringify(manifestOf())));
    await live.start();
    expect(live.current(compiled)).toBe(compiled);
  });

  test("is heeded by createExperiments", async () => {
    const { live } = await world(give(stopped));
    const experiments = createExperiments({ now: () => 0, live });
    expect(experiments.assign(compiled, { userId: "u-1" }).reason).toBe("assigned");
    await live.start();
    expect(experiments.assign(compiled, { userId: "u-1" }).reason).toBe("not-running");
  });
});

describe("a failing server", () => {
  const failures: readonly (readonly [string, Answer, LiveEvent["kind"], RegExp])[] = [
    ["500", give("{}", {}, 500), "failed", /status 500/],
    ["404 with a page", give("<html>", {}, 404), "failed", /status 404/],
    ["204", give("", {}, 204), "failed", /status 204/],
    ["304 that nobody asked for", (_, response) => response.writeHead(304).end(), "failed", /304/],
    ["a reset", (request) => request.socket.destroy(), "failed", /network/],
    ["no answer", () => {}, "failed", /timeout/],
    [
      "an answer that never ends",
      (_, response) => {
        response.writeHead(200).write("{");
        const timer = setInterval(() => response.write(" "), 20);
        response.on("close", () => clearInterval(timer));
      },
      "failed",
      /timeout/,
    ],
    [
      "a truncated body",
      (_, response) => {
        response.writeHead(200, { "content-length": String(stopped.length) }).write(stopped.slice(0, 100));
        setTimeout(() => response.destroy(), 20);
      },
      "failed",
      /network/,
    ],
    ["half of a manifest", give(stopped.slice(0, -10)), "refused", /whole JSON/],
    ["a page", give("<!doctype html>", { "content-type": "text/html" }), "refused", /whole JSON/],
    ["an announced giant", give("x", { "content-length": "10000001" }), "failed", /too-large|network/],
    [
      "a giant",
      (_, response) => {
        response.writeHead(200);
        const more = () => {
          while (!response.destroyed && response.write("x".repeat(65_536)));
        };
        response.on("drain", more);
        more();
      },
      "failed",
      /too-large/,
    ],
    [
      "a redirect",
      (_, response) => response.writeHead(302, { location: "/other.json" }).end(),
      "failed",
      /network/,
    ],
    ["JSON a million deep", give("[".repeat(1_000_000) + "]".repeat(1_000_000)), "refused", /object/],
    [
      "a member that nobody reads, very deep",
      give(stopped.replace('"iteration"', `"x":${"[".repeat(200_000)}${"]".repeat(200_000)},"iteration"`)),
      "refused",
      /stack|SHA-256/,
    ],
    [
      "another format",
      give(stopped.replace('"formatVersion":1', '"formatVersion":2')),
      "refused",
      /formatVersion/,
    ],
    ["a changed experiment", give(stopped.replace('"stopped"', '"running"')), "refused", /SHA-256/],
    [
      "a prototype for a name",
      give(stopped.replace('"params":{"colour"', '"params":{"__proto__":{"polluted":true},"colour"')),
      "refused",
      /plain JSON/,
    ],
    ["a list", give("[]"), "refused", /object/],
    ["null", give("null"), "refused", /object/],
  ];

  /** Long enough for what comes, short for what never does. */
  const timeoutOf = (name: string) => (/never|no answer/.test(name) ? 200 : 10_000);

  test.each(failures)("changes nothing: %s", async (name, answer, kind, words) => {
    const store = { load: () => stopped, save: () => {} };
    const { live, events, reason } = await world(answer, { store, timeout: timeoutOf(name) });
    await live.start();
    expect(events).toMatchObject([{ kind: "updated", from: "store" }, { kind }]);
    expect(JSON.stringify(events[1])).toMatch(words);
    expect(reason()).toBe("not-running");
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test.each(failures)("leaves the code as compiled where nothing came before: %s", async (name, answer) => {
    const { live } = await world(answer, { timeout: timeoutOf(name) });
    await live.start();
    expect(live.current(compiled)).toBe(compiled);
    expect(live.contentHash()).toBeNull();
  });

  test("is not followed to another origin", async () => {
    const elsewhere: string[] = [];
    const other = await serve((request, response) => {
      elsewhere.push(request.url!);
      give(stopped)(request, response);
    });
    const { live } = await world((_, response) => response.writeHead(307, { location: other }).end());
    await live.start();
    expect(elsewhere).toEqual([]);
    expect(live.current(compiled)).toBe(compiled);
  });

  test("that recovers is believed again", async () => {
    const { live, server, reason } = await world(give("", {}, 500));
    await live.start();
    expect(reason()).toBe("assigned");
    server.answer = give(stopped);
    await live.refresh();
    expect(reason()).toBe("not-running");
  });
});

describe("a store", () => {
  function memory(text: string | null) {
    const saved: string[] = [];
    return { saved, load: async () => text, save: async (next: string) => void saved.push(next) };
  }

  test("gives the last good manifest while the server is away", async () => {
    const store = memory(stopped);
    const { live, reason, events } = await world(give("", {}, 500), { store });
    await live.start();
    expect(reason()).toBe("not-running");
    expect(events).toMatchObject([{ kind: "updated", from: "store" }, { kind: "failed" }]);
    expect(store.saved).toEqual([]);
  });

  test("gives way to what the server has, and keeps it", async () => {
    const store = memory(stopped);
    const { live, reason } = await world(give(running), { store });
    await live.start();
    expect(reason()).toBe("assigned");
    expect(store.saved).toEqual([running]);
    await live.refresh();
    expect(store.saved).toHaveLength(1);
  });

  test("is believed no more than the server", async () => {
    const { live, events } = await world(give("", {}, 500), {
      store: memory(stopped.replace("stopped", "draft")),
    });
    await live.start();
    expect(events[0]).toMatchObject({ kind: "refused", from: "store" });
    expect(live.current(compiled)).toBe(compiled);
  });

  test("may fail", async () => {
    const broken = () => {
      throw new Error("the disk is full");
    };
    const { live, reason, kinds } = await world(give(stopped), { store: { load: broken, save: broken } });
    await live.start();
    expect(reason()).toBe("not-running");
    expect(kinds()).toEqual(["failed", "updated", "failed"]);
  });
});

describe("an app's own functions", () => {
  test("may throw without harm", async () => {
    const { live, reason } = await world(give(stopped), {
      report: () => {
        throw new Error("the logger is away");
      },
    });
    await live.start();
    expect(reason()).toBe("not-running");
    const unreachable = createLive({
      url: "https://shop.test/",
      fetch: () => {
        throw new TypeError("no network here");
      },
    });
    await unreachable.refresh();
    expect(unreachable.current(compiled)).toBe(compiled);
  });

  test("are not called after close, and a look under way is given up", async () => {
    const { live, server, events } = await world(() => {});
    const started = live.start();
    await expect.poll(() => server.requests.length).toBe(1);
    live.close();
    await started;
    await live.refresh();
    expect(events).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });
});
