import { privateCacheControl } from "./cache-control.ts";
import type { RequestAssigner } from "./request-assigner.ts";
import type { WebRequest } from "./web-request.ts";

/** What is read of Node's `IncomingMessage`, and of Express's request. */
export interface NodeMessage {
  readonly url?: string | undefined;
  /** Express's, before routers took parts away. */
  readonly originalUrl?: string | undefined;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  readonly socket?: object | null;
}

/** A request with the message that it was made from. */
export interface NodeRequest<Message extends NodeMessage = NodeMessage> extends WebRequest {
  readonly message: Message;
}

/** What is needed of Node's `ServerResponse`. */
export interface NodeResponse {
  getHeader(name: string): string | number | readonly string[] | undefined;
  setHeader(name: string, value: string | readonly string[]): unknown;
}

const requests = new WeakMap<NodeMessage, NodeRequest>();

/** A message of Node's server as a request: the same one for the same message. */
export function nodeRequest<Message extends NodeMessage>(message: Message): NodeRequest<Message> {
  const known = requests.get(message);
  if (known) return known as NodeRequest<Message>;
  const { headers, socket } = message;
  const scheme = socket && "encrypted" in socket && socket.encrypted ? "https" : "http";
  const { host } = headers;
  const request: NodeRequest<Message> = {
    url: `${scheme}://${textOf(host) ?? "localhost"}${message.originalUrl ?? message.url ?? "/"}`,
    headers: { get: (name) => textOf(headers[name.toLowerCase()]) },
    message,
  };
  requests.set(message, request);
  return request;
}

/**
 * Sets the cookies on an answer of Node's server, and marks it `Cache-Control: private`; before its headers are
 * sent. A handler that asks for no arm may set another `Cache-Control` after.
 */
export function writeHeaders(
  assigner: Pick<RequestAssigner<unknown>, "setCookies">,
  response: NodeResponse,
): void {
  const standing = response.getHeader("set-cookie") ?? [];
  const cookies = (Array.isArray(standing) ? standing : [String(standing)]) as readonly string[];
  if (assigner.setCookies.length > 0) response.setHeader("set-cookie", [...cookies, ...assigner.setCookies]);
  const cacheControl = response.getHeader("cache-control");
  response.setHeader("cache-control", privateCacheControl(cacheControl ? String(cacheControl) : null));
}

function textOf(value: string | readonly string[] | undefined): string | null {
  return value === undefined ? null : typeof value === "string" ? value : value.join(", ");
}
