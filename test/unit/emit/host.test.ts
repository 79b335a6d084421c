import { afterEach, describe, expect, test, vi } from "vitest";
import type { createExperiments } from "../../../src/runtime/experiments.ts";
import type { Message, Sink } from "../../../src/runtime/sink.ts";
import { compileGenerated, emitted } from "./generated.ts";
import { experiment, shop } from "./shop.ts";

afterEach(() => vi.unstubAllGlobals());

const AWAITING = experiment("checklist", { exposure: { kind: "event", event: "Checklist Viewed" } });

/** The emitted public face, compiled, with a sink that keeps what it gets. */
async function setUp() {
  const compiled = compileGenerated(emitted(shop([experiment("buy-button"), AWAITING])));
  expect(compiled.errors).toBe("");
  const face = (await compiled.load("index.js")) as unknown as {
    readonly createExperiments: (
      options: Partial<Parameters<typeof createExperiments>[0]>,
    ) => ReturnType<typeof createExperiments>;
    readonly everyExperiment: NonNullable<Parameters<typeof createExperiments>[0]["experiments"]>;
  };
  const messages: Message[] = [];
  const sink: Sink = { name: "recorder", send: (batch) => void messages.push(...batch) };
  return { ...face, messages, sink };
}

describe("emitted createExperiments", () => {
  test("sends what waits when the page is hidden, until it is closed", async () => {
    const listeners = new Map<string, () => void>();
    const document = {
      hidden: false,
      addEventListener: (event: string, listener: () => void) => listeners.set(event, listener),
      removeEventListener: (event: string) => listeners.delete(event),
    };
    vi.stubGlobal("document", document);
    const { createExperiments, everyExperiment, messages, sink } = await setUp();
    const experiments = createExperiments({ sinks: [sink], experiments: everyExperiment });
    experiments.get("buy-button", { userId: "u", orgId: "acme" });
    expect(messages).toEqual([]);
    document.hidden = true;
    listeners.get("visibilitychange")?.();
    await Promise.resolve();
    expect(messages).toMatchObject([{ unitId: "u", actingUnits: { org: "acme" } }]);
    expect(Math.abs(messages[0]!.timestamp - Date.now())).toBeLessThan(60_000);
    await experiments.close();
    expect(listeners.size).toBe(0);
  });

  test("sends what waits when the process has nothing else to do, and leaves no listener", async () => {
    const { createExperiments, everyExperiment, messages, sink } = await setUp();
    const before = process.listeners("beforeExit");
    const experiments = createExperiments({ sinks: [sink], experiments: everyExperiment });
    experiments.get("buy-button", { userId: "u" });
    const [leave, ...others] = process
      .listeners("beforeExit")
      .filter((listener) => !before.includes(listener));
    leave!(0);
    await Promise.resolve();
    expect([messages.length, others]).toEqual([1, []]);
    await experiments.close();
    expect(process.listeners("beforeExit")).toEqual(before);
  });

  test("keeps an exposure until its event, where the project has such an experiment", async () => {
    const { createExperiments, everyExperiment, messages, sink } = await setUp();
    const experiments = createExperiments({ sinks: [sink], experiments: everyExperiment });
    experiments.get("checklist", { userId: "u" });
    await experiments.flush();
    expect(messages).toEqual([]);
    experiments.track("Checklist Viewed", { userId: "u" });
    await experiments.close();
    expect(messages.map(({ kind }) => kind)).toEqual(["exposure", "event"]);
  });
});
