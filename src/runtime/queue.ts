import type { Message, Refusal, Schedule, Sink, SinkCounts } from "./sink.ts";

export interface QueueOptions {
  /** Most messages in a batch. Default 100. */
  readonly batchSize?: number;
  /** Milliseconds for which messages gather into a batch. Default 1,000. */
  readonly delay?: number;
  /** Most messages that wait for a sink; those that come then are dropped. Default 10,000, about 5 MB. */
  readonly queued?: number;
  /** Milliseconds after which a sink that does not answer has refused. Default 15,000. */
  readonly timeout?: number;
  /** How often a batch is handed over before it is dropped. Default 50: on average some four minutes of outage. */
  readonly attempts?: number;
  /** Default: none. Then every message goes at once, and what a sink refuses is dropped. */
  readonly schedule?: Schedule;
  /** Uniform over [0, 1), for back-offs and the ids of events. Default: always 0.5. */
  readonly random?: () => number;
  /** While it does not say true, nothing is handed to a sink. */
  readonly consent?: () => boolean;
}

/** The messages that wait for one sink, in order. */
export interface Queue {
  add(message: Message): void;
  /**
   * Hands over what waits now, `leaving` beside what is underway; resolves when nothing waits any more, or when
   * nothing may be sent.
   */
  flush(leaving?: boolean): Promise<void>;
  close(): Promise<void>;
  readonly counts: SinkCounts;
}

export function createQueue(sink: Sink, options: QueueOptions): Queue {
  const { attempts = 50, batchSize = 100, consent, delay = 1_000, queued = 10_000 } = options;
  const { random = () => 0.5, schedule, timeout = 15_000 } = options;
  const counts = { sink: sink.name, delivered: 0, waiting: 0, dropped: 0 };
  let room = queued;
  let queue: Message[] = [];
  let runs = 0;
  let running: Promise<void> | undefined;
  /** Ends the gathering of a batch. */
  let depart: (() => void) | undefined;
  /** Ends whatever is waited for. */
  let wake: (() => void) | undefined;

  /** Hands over batch after batch, until none waits; synchronous without `schedule`, as long as the sink is. */
  async function run(isUrgent?: boolean): Promise<void> {
    let failures = 0;
    runs++;
    if (schedule && !isUrgent) {
      const gathered = sleep(delay);
      depart = wake;
      await gathered;
    }
    while (queue.length > 0) {
      let pause = delay || 1;
      try {
        if (!consent || consent()) pause = 0;
      } catch {
        // Who cannot be asked has not consented.
      }
      if (!pause) {
        const batch = queue.splice(0, batchSize);
        let outcome: "delivered" | "dropped" = "delivered";
        try {
          const sent = sink.send(batch);
          if (sent) await Promise.race([sent, new Promise((_, late) => schedule?.(late, timeout))]);
        } catch (error) {
          const { permanent, retryAfter }: Refusal = { ...(error as Refusal) };
          outcome = "dropped";
          if (schedule && room && !permanent && ++failures < attempts)
            pause = Math.min(300_000, retryAfter || random() * Math.min(10_000, 500 * 2 ** failures) || 1);
        }
        if (pause) queue.unshift(...batch);
        else {
          failures = 0;
          counts[outcome] += batch.length;
          counts.waiting -= batch.length;
        }
      }
      if (pause) await sleep(pause);
    }
    runs--;
  }

  function sleep(duration: number): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      schedule?.(resolve, duration);
    });
  }

  return {
    counts,
    add(message) {
      if (counts.waiting >= room) {
        counts.dropped++;
        return;
      }
      counts.waiting++;
      if (queue.push(message) >= batchSize) depart?.();
      if (!runs) running = run();
    },
    async flush(leaving) {
      wake?.();
      if (leaving) void run(true);
      await running;
      await sink.flush?.();
    },
    async close() {
      room = 0;
      counts.dropped += queue.length;
      counts.waiting -= queue.length;
      queue = [];
      wake?.();
      await sink.close?.();
    },
  };
}
