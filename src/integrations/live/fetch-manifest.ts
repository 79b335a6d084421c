/** What fetches: the platform's own, or another of its form. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface FetchOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the manifest in use; null where there is none. */
  readonly etag: string | null;
  readonly timeout: number;
  readonly maximumBytes: number;
  readonly fetch: Fetch;
  readonly schedule: (run: () => void, milliseconds: number) => () => void;
  /** Aborts the request. */
  readonly signal: AbortSignal;
}

export type FetchFailure = "network" | "timeout" | "status" | "too-large";

export type FetchOutcome =
  | { readonly kind: "body"; readonly text: string; readonly etag: string | null }
  | { readonly kind: "not-modified" }
  | {
      readonly kind: "failed";
      readonly reason: FetchFailure;
      readonly detail: string;
      /** Milliseconds for which the server wants to be left alone, at most an hour; 0 where it says nothing. */
      readonly retryAfter: number;
    };

/**
 * Fetches a text: never more than so many bytes, and never for longer than so long, its body included. No
 * redirect is followed. Never rejects.
 */
export async function fetchManifest(options: FetchOptions): Promise<FetchOutcome> {
  const { etag, fetch, headers, maximumBytes, schedule, signal, timeout, url } = options;
  const controller = new AbortController();
  const abort = () => controller.abort();
  let isLate = false;
  const cancel = schedule(() => {
    isLate = true;
    abort();
  }, timeout);
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  try {
    const response = await fetch(url, {
      headers: {
        accept: "application/json",
        ...headers,
        ...(etag === null ? {} : { "if-none-match": etag }),
      },
      redirect: "error",
      signal: controller.signal,
    });
    if (response.status === 304 && etag !== null) return { kind: "not-modified" };
    if (response.status !== 200) {
      void response.body?.cancel().catch(() => {});
      return failed("status", `status ${response.status}`, retryAfterOf(response));
    }
    const text = await readText(response, maximumBytes);
    if (text === null) return failed("too-large", `more than ${maximumBytes} bytes`);
    return { kind: "body", text, etag: response.headers.get("etag") };
  } catch (error) {
    return isLate
      ? failed("timeout", `nothing whole within ${timeout} ms`)
      : failed("network", wordsOf(error));
  } finally {
    cancel();
    signal.removeEventListener("abort", abort);
    abort();
  }
}

/** The body as UTF-8; null where it has more bytes than it may. */
async function readText(response: Response, maximumBytes: number): Promise<string | null> {
  if (Number(response.headers.get("content-length")) > maximumBytes) return null;
  if (!response.body) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maximumBytes) return null;
    text += decoder.decode(value, { stream: true });
  }
}

const LONGEST_WAIT = 60 * 60 * 1_000;

/** RFC 9110, §10.2.3, in its form of seconds. */
function retryAfterOf({ headers }: Response): number {
  const seconds = headers.get("retry-after") ?? "";
  return /^\d{1,9}$/.test(seconds) ? Math.min(Number(seconds) * 1_000, LONGEST_WAIT) : 0;
}

function failed(reason: FetchFailure, detail: string, retryAfter = 0): FetchOutcome {
  return { kind: "failed", reason, detail, retryAfter };
}

function wordsOf(error: unknown): string {
  const { message, cause } = Object(error) as Partial<Error>;
  const { message: deeper } = Object(cause) as Partial<Error>;
  return [message ?? String(error), ...(deeper ? [deeper] : [])].join(": ");
}
