import { createQueue, type QueueOptions } from "./queue.ts";
import type { FlushOptions, Limit, Message, Refusal, Sink, SinkCounts } from "./sink.ts";

export type { Message, Sink } from "./sink.ts";

export interface DeliveryOptions extends QueueOptions {
  /** For the deadlines of `flush` and `close`. Default: they have none. */
  readonly limit?: Limit;
}

/** Gathers messages and hands them to every sink in batches, to each at its own pace. */
export interface Delivery {
  add(message: Message): void;
  /** Resolves when every sink has taken or refused for good what is waiting now, or at the deadline. */
  flush(options?: FlushOptions): Promise<void>;
  /** Flushes, drops what is left, and closes the sinks; what comes later is dropped. */
  close(options?: FlushOptions): Promise<void>;
  counts(): readonly SinkCounts[];
}

export function createDelivery(sinks: readonly Sink[], options: DeliveryOptions): Delivery {
  const { consent = () => true } = options;
  let added = 0;
  let isClosed = false;
  const queues = sinks.map((sink) =>
    createQueue(
      {
        send(batch) {
          if (isClosed) throw { permanent: true } satisfies Refusal;
          return sink.send(batch);
        },
        flush: () => (isClosed ? undefined : sink.flush?.()),
      },
      // Once closed, what waits goes nowhere, and needs no consent for it.
      { ...options, consent: () => isClosed || consent() },
    ),
  );

  /** Waits for tasks, as long as the deadline lets it. */
  async function inTime(tasks: readonly Promise<void>[], deadline = 5_000): Promise<void> {
    let cancel: (() => void) | undefined;
    const late = new Promise<void>((resolve) => {
      cancel = options.limit?.(resolve, deadline);
    });
    await Promise.race([late, Promise.allSettled(tasks)]);
    cancel?.();
  }

  const flush = (settings: FlushOptions = {}) =>
    inTime(
      queues.map((queue) => queue.flush(settings)),
      settings.deadline,
    );

  return {
    add(message) {
      added++;
      if (!isClosed) for (const queue of queues) queue.add(message);
    },
    flush,
    async close(settings) {
      await flush(settings);
      isClosed = true;
      await flush({ leaving: true, deadline: 0 });
      await inTime(
        sinks.map(async (sink) => sink.close?.()),
        settings?.deadline,
      );
    },
    counts: () =>
      sinks.map(({ name }, index) => {
        const counts = queues[index]!.counts();
        return { sink: name, ...counts, dropped: added - counts.delivered - counts.waiting };
      }),
  };
}
