/** What is read of a request: a web `Request` fits, on every platform, and so does what `nodeRequest` makes. */
export interface WebRequest {
  /** Absolute, or from the path on. */
  readonly url: string;
  readonly headers: { get(name: string): string | null };
}

/** All values of a parameter of the request's query, in order; a query that is none has none. */
export function readQuery({ url }: WebRequest, name: string): string[] {
  const query = /^[^?#]*\?([^#]*)/.exec(url)?.[1] ?? "";
  return new URLSearchParams(query).getAll(name);
}

/** Whether the browser spoke https: to this process, or to the proxy before it. */
export function cameOverHttps({ url, headers }: WebRequest): boolean {
  const forwarded = headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  return (forwarded ?? /^https?(?=:)/i.exec(url)?.[0])?.toLowerCase() === "https";
}
