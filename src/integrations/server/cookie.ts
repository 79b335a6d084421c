import { cameOverHttps, type WebRequest } from "./web-request.ts";

export interface CookieOptions {
  /** Default `/`. */
  readonly path?: string;
  /** Default: the host that answers, alone. */
  readonly domain?: string;
  /** Default `Lax`. */
  readonly sameSite?: "Lax" | "Strict" | "None";
  /** Default: where the browser spoke https. */
  readonly secure?: boolean;
}

/** RFC 6265, §4.1.1: the characters of a name; attributes end at a semicolon. */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const ATTRIBUTE = /^[\x20-\x3a\x3c-\x7e]*$/;

/** Throws where an option cannot be written into a header. */
export function checkCookie(name: string, { path = "/", domain = "" }: CookieOptions): void {
  if (!NAME.test(name)) throw new RangeError(`no cookie can be named ${JSON.stringify(name)}`);
  for (const text of [path, domain])
    if (!ATTRIBUTE.test(text)) throw new RangeError(`no cookie can have ${JSON.stringify(text)}`);
}

/** All values of a cookie, in the order of the header, as they are written in it. */
export function readCookie(header: string | null, name: string): readonly string[] {
  return (header ?? "").split(";").flatMap((pair) => {
    const equals = pair.indexOf("=");
    if (equals < 0 || pair.slice(0, equals).trim() !== name) return [];
    return [pair.slice(equals + 1).trim()];
  });
}

/** A cookie that an answer sets; a value of null takes it away. `maxAge` is in seconds. */
export interface SentCookie {
  readonly name: string;
  readonly value: string | null;
  readonly maxAge: number;
}

/** The text of a `Set-Cookie` header; no script of the page reads the cookie. */
export function setCookie(
  { name, value, maxAge }: SentCookie,
  options: CookieOptions,
  request: WebRequest,
): string {
  const { path = "/", domain, sameSite = "Lax", secure = cameOverHttps(request) } = options;
  return [
    `${name}=${value ?? ""}`,
    `Path=${path}`,
    ...(domain === undefined ? [] : [`Domain=${domain}`]),
    `Max-Age=${maxAge}`,
    "HttpOnly",
    ...(secure ? ["Secure"] : []),
    `SameSite=${sameSite}`,
  ].join("; ");
}

/** A request's `Cookie` header as it is after a cookie was sent. */
export function withCookie(header: string, { name, value }: SentCookie): string {
  const others = header
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "" && pair.split("=")[0]?.trim() !== name);
  return [...others, ...(value === null ? [] : [`${name}=${value}`])].join("; ");
}
