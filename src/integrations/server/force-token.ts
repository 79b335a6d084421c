import { readVariants, writeVariants } from "./variant-text.ts";

/** Variants by experiment. */
export type ForcedVariants = ReadonlyMap<string, string>;

export interface SigningOptions {
  /** At least 16 characters; the server that checks has the same one. */
  readonly secret: string;
  /** When the token ends: milliseconds since 1970-01-01T00:00Z. */
  readonly expires: number;
}

/** What a token says, or why it says nothing. */
export type TokenReading =
  | { readonly variants: ForcedVariants; readonly problem: null /** Seconds. */; readonly left: number }
  | { readonly variants: null; readonly problem: "malformed" | "expired" | "forged"; readonly left: 0 };

/** `CryptoKey`, which not every platform names. */
type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const LONGEST_TOKEN = 2_048;
const SHORTEST_SECRET = 16;

/** Keeps these signatures apart from others that the secret may have made. */
const PURPOSE = "fairtrial force 1\n";

/**
 * A token that forces variants until it ends: `checkout:one-page~1790000000~<HMAC-SHA-256, hex>`. Whoever has
 * it can use it: it names no person, and gives nothing but variants.
 */
export async function signForce(
  variants: Readonly<Record<string, string>>,
  { secret, expires }: SigningOptions,
): Promise<string> {
  const said = `${writeVariants(Object.entries(variants))}~${Math.floor(expires / 1_000)}`;
  const signature = await crypto.subtle.sign("HMAC", await importKey(secret), bytesOf(said));
  const hex = Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${said}~${hex}`;
}

/** Makes a reader of tokens, which believes what one of the secrets has signed; `now` is as `expires`. */
export function createTokenReader(
  secrets: readonly string[],
): (token: string, now: number) => Promise<TokenReading> {
  for (const secret of secrets) checkSecret(secret);
  let imported: Promise<readonly Key[]> | null = null;
  return async (token, now) => {
    const [, said, text, end, hex] = /^(([\w.:*-]+)~(\d{1,12}))~([\da-f]{64})$/.exec(
      token.length <= LONGEST_TOKEN ? token : "",
    ) ?? [""];
    const variants = text === undefined ? null : readVariants(text);
    if (!variants || !said || !hex) return refuse("malformed");
    imported ??= Promise.all(secrets.map(importKey));
    const signature = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    const signed = await Promise.all(
      // `verify` compares in constant time.
      (await imported).map((key) => crypto.subtle.verify("HMAC", key, signature, bytesOf(said))),
    );
    if (!signed.includes(true)) return refuse("forged");
    const left = Number(end) - Math.floor(now / 1_000);
    if (left <= 0) return refuse("expired");
    const forced = [...variants].filter((pair): pair is [string, string] => pair[1] !== null);
    return { variants: new Map(forced), problem: null, left };
  };
}

function refuse(problem: "malformed" | "expired" | "forged"): TokenReading {
  return { variants: null, problem, left: 0 };
}

async function importKey(secret: string): Promise<Key> {
  checkSecret(secret);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, [
    "sign",
    "verify",
  ]);
}

function checkSecret(secret: string): void {
  if (secret.length < SHORTEST_SECRET)
    throw new RangeError(`a secret has at least ${SHORTEST_SECRET} characters`);
}

function bytesOf(said: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(PURPOSE + said);
}
