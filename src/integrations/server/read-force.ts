import { readCookie, type SentCookie } from "./cookie.ts";
import { createTokenReader, type ForcedVariants } from "./force-token.ts";
import { readQuery, type WebRequest } from "./web-request.ts";

export interface ForceOptions {
  /** One, or several where a new one takes over from an old one; at least 16 characters each. */
  readonly secret: string | readonly string[];
  /** Of the query's parameter and of the cookie that keeps it. Default `ft_force`. */
  readonly name?: string;
  /** Milliseconds since 1970-01-01T00:00Z. Default: the machine's clock. */
  readonly now?: () => number;
}

/** What the tokens of a request force. */
export interface ForceReading {
  readonly variants: ForcedVariants;
  /** Why the token of the query forces nothing; null where there is none, or it does. */
  readonly problem: "malformed" | "expired" | "forged" | null;
  readonly cookies: readonly SentCookie[];
}

const NOTHING: ForceReading = { variants: new Map(), problem: null, cookies: [] };

/**
 * Reads what a request forces: the query's token, which a cookie keeps until it ends, or else the cookie's. An
 * empty parameter takes the cookie away.
 */
export function createForceReader({
  secret,
  name = "ft_force",
  now = Date.now,
}: ForceOptions): (request: WebRequest) => Promise<ForceReading> {
  const readToken = createTokenReader([secret].flat());
  return async (request) => {
    const asked = readQuery(request, name).pop();
    if (asked === "") return { ...NOTHING, cookies: [{ name, value: null, maxAge: 0 }] };
    const reading = asked === undefined ? null : await readToken(asked, now());
    if (asked !== undefined && reading?.variants) {
      const cookies = [{ name, value: asked, maxAge: reading.left }];
      return { variants: reading.variants, problem: null, cookies };
    }
    const kept = readCookie(request.headers.get("cookie"), name)[0];
    const variants = (kept ? await readToken(kept, now()) : null)?.variants ?? NOTHING.variants;
    return { variants, problem: reading?.problem ?? null, cookies: [] };
  };
}
