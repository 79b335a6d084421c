import type { Message, Sink } from "../../runtime/index.ts";

/** The part of `localStorage` that is needed. */
export interface OfflineStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface OfflineOptions {
  /** `localStorage`. */
  readonly storage: OfflineStorage;
  /** Begins the keys under which messages are kept. Default `fairtrial/`. */
  readonly prefix?: string;
  /** Most messages that this page keeps. Default 1,000, about 400 kB. */
  readonly messages?: number;
}

/** Messages of earlier pages that go along with a batch. */
const ALONG = 100;

/**
 * The sink, with a storage that outlives the page: a message is kept from when it is first sent until it is taken,
 * and what earlier pages left behind goes along with the batches of this one. Where two pages are open at once, a
 * message may arrive twice, with the same id. What the storage refuses is sent without being kept.
 */
export function keepOffline(
  sink: Sink,
  { storage, prefix = "fairtrial/", messages = 1_000 }: OfflineOptions,
): Sink {
  const own = new Set<string>();
  let left: readonly Message[] | null = null;

  function keep({ id, ...message }: Message): void {
    if (own.size >= messages) return;
    own.add(id);
    tryStorage(() => storage.setItem(prefix + id, JSON.stringify({ id, ...message })));
  }

  function forget(taken: readonly Message[]): void {
    for (const { id } of taken) {
      own.delete(id);
      tryStorage(() => storage.removeItem(prefix + id));
    }
  }

  function leftovers(): readonly Message[] {
    const keys = tryStorage(() => Array.from({ length: storage.length }, (_, index) => storage.key(index)));
    return (keys ?? [])
      .filter((key) => key?.startsWith(prefix))
      .flatMap((key) => {
        const message = tryStorage(() => JSON.parse(storage.getItem(key ?? "") ?? "") as Message);
        return message && prefix + message.id === key ? [message] : [];
      });
  }

  return {
    ...sink,
    send(batch) {
      left ??= leftovers();
      for (const message of batch) keep(message);
      const along = left.slice(0, ALONG);
      const all = [...along, ...batch];
      const taken = () => {
        left = left?.filter((message) => !along.includes(message)) ?? null;
        forget(all);
      };
      const sent = sink.send(all);
      return sent ? sent.then(taken) : taken();
    },
  };
}

/** A storage may be full, or forbidden. */
function tryStorage<Value>(task: () => Value): Value | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}
