import type { Sink } from "../../runtime/index.ts";
import { type AmplitudeEvent, type AmplitudeMapping, amplitudeEvents } from "./event.ts";

/** What is needed of a client of `@amplitude/analytics-node` or `@amplitude/analytics-browser`. */
export interface AmplitudeClient {
  track(event: AmplitudeEvent): { readonly promise: Promise<unknown> };
  flush(): { readonly promise: Promise<unknown> };
}

export interface AmplitudeSinkOptions extends AmplitudeMapping {
  readonly client: AmplitudeClient;
  /** Default `amplitude`. */
  readonly name?: string;
}

/** Hands messages to Amplitude's own client, which batches and retries by itself: they are taken when it has them. */
export function amplitudeSink({ client, name = "amplitude", ...mapping }: AmplitudeSinkOptions): Sink {
  async function flush(): Promise<void> {
    await client.flush().promise;
  }
  return {
    name,
    send(batch) {
      for (const event of amplitudeEvents(batch, mapping)) client.track(event).promise.catch(() => {});
    },
    flush,
    close: flush,
  };
}
