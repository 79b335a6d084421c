import fc from "fast-check";
import { expect, test } from "vitest";
import { createDelivery, type Message, type Sink } from "../../src/runtime/delivery.ts";
import { createVirtualTime, type VirtualTime } from "../unit/runtime/virtual-time.ts";

/** What a sink does with a batch: takes it at once, or after a while, or refuses it in one of many ways. */
const answer = fc.oneof(
  fc.constant({ kind: "take" } as const),
  fc.record({ kind: fc.constant("take-later" as const), after: fc.integer({ min: 1, max: 2_000 }) }),
  fc.constant({ kind: "throw" } as const),
  fc.constant({ kind: "throw-undefined" } as const),
  fc.record({ kind: fc.constant("refuse" as const), retryAfter: fc.option(fc.double(), { nil: undefined }) }),
  fc.constant({ kind: "refuse-for-good" } as const),
  fc.constant({ kind: "hang" } as const),
);
type Answer = typeof answer extends fc.Arbitrary<infer Value> ? Value : never;

function scriptedSink(answers: readonly Answer[], time: VirtualTime) {
  const taken: string[] = [];
  let turn = 0;
  const sink: Sink = {
    name: "scripted",
    send(batch) {
      const next = answers[turn++ % answers.length]!;
      const take = () => void taken.push(...batch.map(({ id }) => id));
      switch (next.kind) {
        case "take":
          return take();
        case "take-later":
          return new Promise((resolve) => time.schedule(() => resolve(take()), next.after));
        case "throw":
          throw new Error("down");
        case "throw-undefined":
          throw undefined;
        case "refuse":
          return Promise.reject(Object.assign(new Error("down"), next));
        case "refuse-for-good":
          return Promise.reject({ permanent: true });
        case "hang":
          return new Promise(() => {});
      }
    },
  };
  return { sink, taken };
}

const step = fc.oneof(
  fc.record({ kind: fc.constant("add" as const), count: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ kind: fc.constant("wait" as const), duration: fc.integer({ min: 0, max: 5_000 }) }),
  fc.constant({ kind: "flush" } as const),
);

test("every message is taken once and in order by each sink, or counted as dropped", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(answer, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 }),
      fc.array(step, { maxLength: 25 }),
      fc.record({
        batchSize: fc.integer({ min: 1, max: 6 }),
        queued: fc.integer({ min: 1, max: 40 }),
        attempts: fc.integer({ min: 1, max: 5 }),
      }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      async (scripts, steps, options, chance) => {
        const time = createVirtualTime();
        const sinks = scripts.map((answers) => scriptedSink(answers, time));
        const delivery = createDelivery(
          sinks.map(({ sink }) => sink),
          { ...options, schedule: time.schedule, random: () => chance },
        );
        let added = 0;
        for (const next of steps) {
          if (next.kind === "wait") await time.run(next.duration);
          else if (next.kind === "flush") void delivery.flush();
          else for (let count = 0; count < next.count; count++) delivery.add(message(added++));
        }
        await time.run(100 * 400_000);
        const closed = delivery.close();
        await time.run(100_000);
        await closed;
        delivery.counts().forEach(({ delivered, waiting, dropped }, index) => {
          const { taken } = sinks[index]!;
          expect(waiting).toBe(0);
          expect(delivered + dropped).toBe(added);
          expect(taken).toHaveLength(delivered);
          expect(taken).toEqual([...new Set(taken)].sort((a, b) => Number(a) - Number(b)));
        });
      },
    ),
    { numRuns: 150 },
  );
});

function message(index: number): Message {
  const id = String(index);
  return {
    kind: "event",
    id,
    timestamp: 0,
    event: "e",
    units: { user: id },
    properties: {},
    runtime: "test",
  };
}
