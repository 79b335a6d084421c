import { createQueue, type Queue, type QueueOptions } from "./queue.ts";
import type { FlushOptions, Message, Sink, SinkCounts } from "./sink.ts";

export type { Message, Sink } from "./sink.ts";

/** Gathers messages and hands them to every sink in batches, to each at its own pace. */
export interface Delivery {
  add(message: Message): void;
  /** Resolves when every sink has taken or refused for good what is waiting now, or at the deadline. */
  flush(options?: FlushOptions): Promise<void>;
  /** Flushes, drops what is left, and closes the sinks; what comes later is dropped. */
  close(options?: FlushOptions): Promise<void>;
  counts(): readonly SinkCounts[];
}

export function createDelivery(sinks: readonly Sink[], options: QueueOptions): Delivery {
  const queues = sinks.map((sink) => createQueue(sink, options));

  /** Runs a task with every queue, as long as the deadline lets it. */
  async function inTime(task: (queue: Queue) => Promise<void>, deadline = 5_000): Promise<void> {
    let cancel: (() => void) | undefined;
    const late = new Promise<void>((resolve) => {
      cancel = options.schedule?.(resolve, deadline, true);
    });
    await Promise.race([late, Promise.allSettled(queues.map(task))]);
    cancel?.();
  }

  const flush = ({ deadline, leaving }: FlushOptions = {}) =>
    inTime((queue) => queue.flush(leaving), deadline);

  return {
    add(message) {
      for (const queue of queues) queue.add(message);
    },
    flush,
    async close(settings) {
      await flush(settings);
      await inTime((queue) => queue.close(), settings?.deadline);
    },
    counts: () => queues.map(({ counts }) => ({ ...counts })),
  };
}
