import { isRefusal, type Post, type PostRefusal, post } from "./post.ts";

export interface PartLimits {
  readonly items: number;
  /** Of the body. */
  readonly bytes: number;
}

/** Bad request, too large, unprocessable: what services answer that refuse a whole batch for one of its items. */
const OF_THE_BODY = [400, 413, 422];
/** Where none of so many items is taken, it is not for the items: Amplitude answers 400 to an unknown key too. */
const HOPELESS = 4;

/**
 * Posts items in as few requests as a service's limits allow, one after the other. A batch that the service cannot
 * take is halved until it is known which items are meant, so that they do not take the others with them: the
 * refusal says how many are lost. An item that is too long by itself is posted all the same: the service says why it
 * refuses it.
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
    const refusal = await refusalOf(post({ ...request, body }));
    if (!refusal) return;
    if (half === 0 || !OF_THE_BODY.includes(refusal.status))
      throw Object.assign(refusal, { lost: items.length });
  }
  const sendPart = (part: readonly Item[]) => refusalOf(sendInParts(part, limits, request, bodyOf));
  const first = await sendPart(items.slice(0, half));
  if (half >= HOPELESS && first?.lost === half) throw Object.assign(first, { lost: items.length });
  const second = await sendPart(items.slice(half));
  const refusal = first ?? second;
  if (refusal) throw Object.assign(refusal, { lost: (first?.lost ?? 0) + (second?.lost ?? 0) });
}

/** What a service refuses for good; other errors are thrown. */
async function refusalOf(posted: Promise<void>): Promise<PostRefusal | null> {
  try {
    await posted;
    return null;
  } catch (error) {
    if (isRefusal(error) && error.permanent) return error;
    throw error;
  }
}

/** Length in UTF-8. */
function bytesOf(text: string): number {
  const { TextEncoder } = globalThis as unknown as Host;
  return new TextEncoder().encode(text).length;
}

interface Host {
  readonly TextEncoder: new () => { encode(text: string): { readonly length: number } };
}
