import type { Refusal } from "../../runtime/index.ts";

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Outlives its page: browsers allow 64 kB of such bodies at a time. */
  readonly keepalive?: boolean;
}

/** What is thrown where a service has answered, and not with 2xx. */
export interface PostRefusal extends Error, Refusal {
  readonly status: number;
}

/** What this needs of its machine, typed here so that it compiles beside the types of browsers, Node or none. */
interface Host {
  readonly fetch: (url: string, request: object) => Promise<Answer>;
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** Posts a body and waits for the answer; any other than 2xx is thrown as a `PostRefusal`. */
export async function post({ url, ...request }: Post): Promise<void> {
  const answer = await (globalThis as unknown as Host).fetch(url, { method: "POST", ...request });
  const { status } = answer;
  // An answer that is not read holds its connection.
  await answer.text();
  if (answer.ok) return;
  const retryAfter = answer.headers.get("retry-after") ?? "";
  throw Object.assign(new Error(`HTTP ${status}`), {
    status,
    // Timeout, too early and too many requests are client errors that pass.
    permanent: status < 500 && ![408, 425, 429].includes(status),
    // Seconds, or an instant; 0 where it says nothing.
    retryAfter: Number(retryAfter) * 1000 || Date.parse(retryAfter) - Date.now() || 0,
  } satisfies Omit<PostRefusal, keyof Error>);
}

export function isRefusal(error: unknown): error is PostRefusal {
  return error instanceof Error && "status" in error;
}
