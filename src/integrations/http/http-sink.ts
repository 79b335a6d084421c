import type { Message, Sink } from "../../runtime/index.ts";
import { post } from "../posting/post.ts";

export interface HttpSinkOptions {
  readonly url: string;
  /** With headers of their own, messages leave a closing page by `fetch` and never by `sendBeacon`, which has none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body of a request. Default: NDJSON, a message per line. */
  readonly encode?: (batch: readonly Message[]) => string;
  /** Media type of the body. Default `application/x-ndjson`. */
  readonly type?: string;
  /** Default `http`. */
  readonly name?: string;
}

/** What a page offers. */
interface Page {
  readonly Blob: new (
    parts: readonly string[],
    options: { readonly type: string },
  ) => { readonly size: number };
  readonly document?: { readonly hidden: boolean };
  readonly navigator: { readonly onLine?: boolean; sendBeacon?(url: string, body: unknown): boolean };
}

/** Bytes: browsers let 64 kB leave with a page. */
const LEAVING = 60_000;

/** Posts batches to a URL. Whatever answers 2xx has taken them; 408, 425, 429 and 5xx are tried again. */
export function httpSink({
  encode = (batch) => batch.map((message) => `${JSON.stringify(message)}\n`).join(""),
  headers,
  name = "http",
  type = "application/x-ndjson",
  url,
}: HttpSinkOptions): Sink {
  return {
    name,
    send(batch) {
      const { Blob, document, navigator } = globalThis as unknown as Page;
      const body = encode(batch);
      const blob = new Blob([body], { type });
      // An offline browser takes beacons, and loses them; a request fails, and the batch may be kept.
      const isLeaving = !headers && document?.hidden && navigator.onLine;
      if (isLeaving && navigator.sendBeacon?.(url, blob)) return;
      return post({
        url,
        headers: { "content-type": type, ...headers },
        body,
        keepalive: blob.size < LEAVING,
      });
    },
  };
}
