import { type Post, post } from "./post.ts";

export interface PartLimits {
  readonly items: number;
  /** Of the body. */
  readonly bytes: number;
}

/**
 * Posts items in as few requests as a service's limits allow, one after the other. An item that is too long by itself
 * is posted all the same: the service says why it refuses it.
 */
export async function sendInParts<Item>(
  items: readonly Item[],
  limits: PartLimits,
  request: Omit<Post, "body">,
  bodyOf: (items: readonly Item[]) => string,
): Promise<void> {
  if (items.length === 0) return;
  const body = bodyOf(items);
  const half = items.length >> 1;
  if (half === 0 || (items.length <= limits.items && bytesOf(body) <= limits.bytes)) {
    await post({ ...request, body });
    return;
  }
  await sendInParts(items.slice(0, half), limits, request, bodyOf);
  await sendInParts(items.slice(half), limits, request, bodyOf);
}

/** Length in UTF-8. */
function bytesOf(text: string): number {
  const { TextEncoder } = globalThis as unknown as Host;
  return new TextEncoder().encode(text).length;
}

interface Host {
  readonly TextEncoder: new () => { encode(text: string): { readonly length: number } };
}
