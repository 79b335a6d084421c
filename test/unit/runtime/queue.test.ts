import { describe, expect, test } from "vitest";
import type { Message, Sink } from "../../../src/runtime/delivery.ts";
import { createDelivery } from "../../../src/runtime/delivery.ts";
import type { QueueOptions } from "../../../src/runtime/queue.ts";
import { createVirtualTime } from "./virtual-time.ts";

const message = (index: number): Message => ({
  kind: "event",
  id: String(index),
  timestamp: index,
  event: "seen",
  units: { user: "u" },
  properties: {},
  runtime: "test",
});

/** A delivery to a sink whose answers a test scripts: one per batch, the last one for all that come later. */
function setUp(answers: readonly (() => void | Promise<void>)[], options: QueueOptions = {}) {
  const time = createVirtualTime();
  const sent: { readonly at: number; readonly ids: readonly string[] }[] = [];
  const sink: Sink = {
    name: "scripted",
    send(batch) {
      sent.push({ at: time.now(), ids: batch.map(({ id }) => id) });
      return answers[Math.min(sent.length, answers.length) - 1]!();
    },
  };
  const delivery = createDelivery([sink], {
    schedule: time.schedule,
    limit: time.limit,
    random: () => 0.5,
    ...options,
  });
  const add = (from: number, to: number) => {
    for (let index = from; index < to; index++) delivery.add(message(index));
  };
  const counts = () => {
    const { delivered, waiting, dropped } = delivery.counts()[0]!;
    return [delivered, waiting, dropped];
  };
  return { time, sent, delivery, add, counts };
}

const take = () => {};
const refuse = () => Promise.reject(new Error("down"));
const refuseWith = (refusal: object) => () => Promise.reject(Object.assign(new Error("refused"), refusal));
const hang = () => new Promise<void>(() => {});

describe("a batch", () => {
  test("goes after the delay, or when it is full", async () => {
    const { time, sent, add } = setUp([take], { batchSize: 3, delay: 1_000 });
    add(0, 2);
    await time.run(999);
    expect(sent).toEqual([]);
    await time.run(1);
    add(2, 5);
    await time.settle();
    expect(sent).toEqual([
      { at: 1_000, ids: ["0", "1"] },
      { at: 1_000, ids: ["2", "3", "4"] },
    ]);
  });

  test("comes again after full jitter over an exponential back-off, in order, before what came later", async () => {
    const { time, sent, add, counts } = setUp([refuse, refuse, refuse, take], { batchSize: 2 });
    add(0, 2);
    await time.run(100);
    add(2, 4);
    await time.run(10_000);
    expect(sent.map(({ at }) => at)).toEqual([0, 500, 1_500, 3_500, 3_500]);
    expect(sent.map(({ ids }) => ids.join(""))).toEqual(["01", "01", "01", "01", "23"]);
    expect(counts()).toEqual([4, 0, 0]);
  });

  test("waits as long as the sink says, at most five minutes", async () => {
    const { time, sent, add } = setUp([
      refuseWith({ retryAfter: 7_000 }),
      refuseWith({ retryAfter: 1e12 }),
      take,
    ]);
    add(0, 1);
    await time.run(400_000);
    expect(sent.map(({ at }) => at)).toEqual([1_000, 8_000, 308_000]);
  });

  test("backs off where the sink names an instant that has passed on this machine's clock", async () => {
    const { time, sent, add } = setUp([refuseWith({ retryAfter: -90_000 }), take]);
    add(0, 1);
    await time.run(1_499);
    expect(sent).toHaveLength(1);
    await time.run(1);
    expect(sent.map(({ at }) => at)).toEqual([1_000, 1_500]);
  });

  test("is dropped when the sink refuses it for good, or too often, and the next one goes", async () => {
    const permanent = setUp([refuseWith({ permanent: true }), take], { batchSize: 2 });
    permanent.add(0, 4);
    await permanent.time.run(1_000);
    expect(permanent.counts()).toEqual([2, 0, 2]);
    const partly = setUp([refuseWith({ permanent: true, lost: 1 }), take], { batchSize: 3 });
    partly.add(0, 3);
    await partly.time.run(1_000);
    expect(partly.counts()).toEqual([2, 0, 1]);
    const often = setUp([refuse, refuse, refuse, take], { batchSize: 2, attempts: 3 });
    often.add(0, 4);
    await often.time.run(60_000);
    expect([often.counts(), often.sent.map(({ ids }) => ids[0])]).toEqual([
      [2, 0, 2],
      ["0", "0", "0", "2"],
    ]);
  });

  test("comes again where the sink hangs; an answer that comes late changes nothing", async () => {
    let answerLate = () => {};
    const late = () =>
      new Promise<void>((resolve) => {
        answerLate = resolve;
      });
    const { time, sent, add, counts } = setUp([late, hang, take], { timeout: 10_000 });
    add(0, 1);
    await time.run(11_500);
    answerLate();
    await time.run(60_000);
    expect([sent.length, counts()]).toEqual([3, [1, 0, 0]]);
  });
});

describe("a queue", () => {
  test("is bounded: an outage of 30 s loses what is beyond, and says how much", async () => {
    const time = createVirtualTime();
    const got: string[] = [];
    const sink: Sink = {
      name: "flaky",
      send: (batch) => (time.now() < 30_000 ? refuse() : void got.push(...batch.map(({ id }) => id))),
    };
    const { add, counts } = createDelivery([sink], {
      schedule: time.schedule,
      limit: time.limit,
      queued: 250,
    });
    for (let index = 0; index < 300; index++) {
      add(message(index));
      await time.run(100);
    }
    expect(counts()[0]).toMatchObject({ delivered: 0, waiting: 250, dropped: 50 });
    await time.run(60_000);
    expect(counts()[0]).toMatchObject({ delivered: 250, waiting: 0, dropped: 50 });
    expect(got).toEqual(Array.from({ length: 250 }, (_, index) => String(index)));
  });

  test("does not hold up another one", async () => {
    const time = createVirtualTime();
    const got: string[] = [];
    const delivery = createDelivery(
      [
        { name: "hanging", send: hang },
        { name: "good", send: (batch) => void got.push(...batch.map(({ id }) => id)) },
      ],
      { schedule: time.schedule, limit: time.limit },
    );
    delivery.add(message(0));
    await time.run(1_000);
    delivery.add(message(1));
    await time.run(1_000);
    expect(got).toEqual(["0", "1"]);
    expect(delivery.counts().map(({ waiting }) => waiting)).toEqual([2, 0]);
  });

  test("keeps all until there is consent, and again when it is withdrawn", async () => {
    let consents: unknown = false;
    const consent = () => {
      if (consents === "broken") throw new Error("no answer");
      return consents as boolean;
    };
    const { time, sent, add, delivery, counts } = setUp([take], { consent, queued: 3 });
    add(0, 4);
    await time.run(60_000);
    consents = "broken";
    await time.run(2_000);
    void delivery.flush({ leaving: true });
    await time.settle();
    expect([sent, counts()]).toEqual([[], [0, 3, 1]]);
    consents = true;
    await time.run(1_000);
    expect(counts()).toEqual([3, 0, 1]);
    consents = false;
    add(4, 5);
    await time.run(60_000);
    expect([sent.length, counts()]).toEqual([1, [3, 1, 1]]);
  });
});

describe("consent", () => {
  test("is asked for once a delay, however often the page was hidden", async () => {
    let asked = 0;
    const consent = () => {
      asked++;
      return false;
    };
    const { time, add, delivery } = setUp([take], { consent, delay: 1_000 });
    add(0, 1);
    for (let hidden = 0; hidden < 20; hidden++) {
      void delivery.flush({ leaving: true });
      await time.run(1_000);
    }
    asked = 0;
    await time.run(100_000);
    expect(asked).toBeLessThanOrEqual(101);
  });

  test("is waited for without a delay too", async () => {
    const { time, counts, add } = setUp([take], { consent: () => time.now() >= 50, delay: 0 });
    add(0, 1);
    await time.run(49);
    expect(counts()).toEqual([0, 1, 0]);
    await time.run(2);
    expect(counts()).toEqual([1, 0, 0]);
  });
});

describe("flush", () => {
  test("sends at once, cuts a back-off short, and waits for the sink", async () => {
    const { time, sent, add, delivery } = setUp([take, refuse, take]);
    add(0, 1);
    await delivery.flush();
    expect(sent).toHaveLength(1);
    add(1, 2);
    await time.run(1_000);
    const flushed = delivery.flush();
    await time.settle();
    expect(sent.map(({ at }) => at)).toEqual([0, 1_000, 1_000]);
    await flushed;
  });

  test("gives up at its deadline, and leaves what waits for later", async () => {
    const { time, add, delivery, counts } = setUp([hang, take], { timeout: 20_000 });
    add(0, 1);
    let isDone = false;
    const flushed = delivery.flush({ deadline: 3_000 }).then(() => {
      isDone = true;
    });
    await time.run(2_999);
    expect(isDone).toBe(false);
    await time.run(1);
    await flushed;
    expect(counts()).toEqual([0, 1, 0]);
    await time.run(60_000);
    expect(counts()).toEqual([1, 0, 0]);
  });

  test("hands over what waits beside what is underway where the page goes", async () => {
    const { time, sent, add, delivery, counts } = setUp([hang, take], { batchSize: 2 });
    add(0, 3);
    await time.settle();
    void delivery.flush({ leaving: true });
    await time.settle();
    expect([sent.map(({ ids }) => ids.join("")), counts()]).toEqual([
      ["01", "2"],
      [1, 2, 0],
    ]);
  });

  test("waits for what went beside, and what it refused goes on with the rest", async () => {
    const { time, sent, add, delivery, counts } = setUp([hang, refuse, take], { batchSize: 2 });
    add(0, 3);
    await time.settle();
    const flushed = delivery.flush({ leaving: true, deadline: 60_000 });
    await time.run(20_000);
    await flushed;
    expect([sent.map(({ ids }) => ids.join("")), counts()]).toEqual([
      ["01", "2", "01", "2"],
      [3, 0, 0],
    ]);
  });
});

describe("close", () => {
  test("flushes, drops what is left, closes the sinks once, and takes no more", async () => {
    const time = createVirtualTime();
    const calls: string[] = [];
    const good: Sink = {
      name: "good",
      send: (batch) => void calls.push(`send ${batch.length}`),
      flush: () => void calls.push("flush"),
      close: () => void calls.push("close"),
    };
    const broken: Sink = { name: "broken", send: refuse, flush: refuse, close: refuse };
    const delivery = createDelivery([good, broken], { schedule: time.schedule, limit: time.limit });
    delivery.add(message(0));
    const closed = delivery.close({ deadline: 2_000 });
    await time.run(10_000);
    await closed;
    delivery.add(message(1));
    await time.run(60_000);
    expect(calls).toEqual(["send 1", "flush", "close"]);
    expect(delivery.counts()).toMatchObject([
      { delivered: 1, waiting: 0, dropped: 1 },
      { delivered: 0, waiting: 0, dropped: 2 },
    ]);
  });
});

describe("after close", () => {
  test("a batch that was on its way does not come again, and counts as dropped when it fails", async () => {
    const { time, sent, add, delivery, counts } = setUp([hang, take], { batchSize: 2, timeout: 15_000 });
    add(0, 3);
    const closed = delivery.close({ deadline: 1_000 });
    await time.run(1_000);
    await closed;
    expect([sent.length, counts()]).toEqual([1, [0, 2, 1]]);
    await time.run(60_000);
    expect([sent.map(({ ids }) => ids.join("")), counts()]).toEqual([["01"], [0, 0, 3]]);
  });

  test("what has no consent is dropped at once, and nobody is asked again", async () => {
    let asked = 0;
    const consent = () => {
      asked++;
      return false;
    };
    const { time, sent, add, delivery, counts } = setUp([take], { consent });
    add(0, 2);
    const closed = delivery.close({ deadline: 3_000 });
    await time.run(3_000);
    await closed;
    asked = 0;
    add(2, 3);
    expect(counts()).toEqual([0, 0, 3]);
    await time.run(60_000);
    expect([sent, asked, counts()]).toEqual([[], 0, [0, 0, 3]]);
  });
});

test("without a schedule every message goes at once, and what is refused is dropped", async () => {
  const direct = createDelivery([{ name: "direct", send: take }], {});
  direct.add(message(0));
  expect(direct.counts()).toMatchObject([{ delivered: 1, waiting: 0 }]);
  const refusing = createDelivery([{ name: "refusing", send: refuse }], {});
  refusing.add(message(0));
  await refusing.flush();
  expect(refusing.counts()).toMatchObject([{ delivered: 0, dropped: 1 }]);
});
