import type { Exposure, TrackedEvent } from "./exposure.ts";

export type Message = Exposure | TrackedEvent;

/** Where messages go. What it throws, or rejects with, is counted and never reaches the app. */
export interface Sink {
  readonly name: string;
  send(batch: readonly Message[]): void | Promise<void>;
}

/** Gathers messages and hands them to every sink in batches. */
export interface Delivery {
  add(message: Message): void;
  /** Sends what is waiting; resolves when every sink has taken or refused everything so far. */
  flush(): Promise<void>;
  /** How many messages sinks have refused; a message refused by two sinks counts twice. */
  undelivered(): number;
}

/** A batch goes out when it has `batchSize` messages, and at the latest when the running task ends. */
export function createDelivery(sinks: readonly Sink[], batchSize: number): Delivery {
  const pending = new Set<Promise<void>>();
  let queue: Message[] = [];
  let undelivered = 0;

  async function deliver(sink: Sink, batch: readonly Message[]): Promise<void> {
    try {
      await sink.send(batch);
    } catch {
      undelivered += batch.length;
    }
  }

  function sendQueue(): void {
    if (queue.length === 0) return;
    const batch = Object.freeze(queue);
    queue = [];
    for (const sink of sinks) {
      const delivered = deliver(sink, batch);
      pending.add(delivered);
      void delivered.then(() => pending.delete(delivered));
    }
  }

  return {
    add(message) {
      if (queue.push(message) >= batchSize) sendQueue();
      else if (queue.length === 1) void Promise.resolve().then(sendQueue);
    },
    async flush() {
      sendQueue();
      await Promise.all(pending);
    },
    undelivered: () => undelivered,
  };
}
