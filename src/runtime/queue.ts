import type { FlushOptions, Message, Refusal, Schedule, Sink, SinkCounts } from "./sink.ts";

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
   * Hands over what waits now, where the page goes beside what is underway; resolves when nothing waits any more, or
   * when nothing may be sent.
   */
  flush(options?: FlushOptions): Promise<void>;
  /** Of what was added: the rest is dropped. */
  counts(): Pick<SinkCounts, "delivered" | "waiting">;
}

export function createQueue(
  sink: Pick<Sink, "send" | "flush">,
  {
    attempts = 50,
    batchSize = 100,
    consent = () => true,
    delay = 1_000,
    queued = 10_000,
    random = () => 0.5,
    schedule,
    timeout = 15_000,
  }: QueueOptions,
): Queue {
  const queue: Message[] = [];
  let underway = 0;
  let delivered = 0;
  let runs = 0;
  let running: Promise<unknown> | undefined;
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
      const batch = queue.splice(0, batchSize);
      underway += batch.length;
      // Who cannot be asked has not consented.
      let pause = delay || 1;
      try {
        if (consent()) {
          pause = 0;
          const sent = sink.send(batch);
          if (sent) await Promise.race([sent, new Promise((_, late) => schedule?.(late, timeout))]);
          delivered += batch.length;
        }
      } catch (error) {
        if (!pause) {
          const { lost = batch.length, permanent, retryAfter = 0 }: Refusal = { ...(error as Refusal) };
          if (!schedule || permanent || ++failures >= attempts) delivered += batch.length - lost;
          else if (retryAfter > 0) pause = Math.min(300_000, retryAfter);
          else pause = random() * Math.min(10_000, 500 * 2 ** failures) || 1;
        }
      }
      underway -= batch.length;
      if (pause) {
        queue.unshift(...batch);
        // Another run goes on with them.
        if (runs > 1) break;
        await sleep(pause);
      } else failures = 0;
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
    counts: () => ({ delivered, waiting: queue.length + underway }),
    add(message) {
      if (queue.length + underway >= queued) return;
      if (queue.push(message) >= batchSize) depart?.();
      if (!runs) running = run();
    },
    async flush({ leaving } = {}) {
      wake?.();
      if (leaving) running = Promise.all([running, run(true)]);
      await running;
      try {
        await sink.flush?.();
      } catch {}
    },
  };
}
