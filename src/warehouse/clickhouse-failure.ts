import { EngineFailure } from "../sql/failure.ts";

/** Who was asked, for the words of a failure. */
export interface ClickhouseAddress {
  /** Without user and password. */
  readonly url: string;
  readonly user: string | null;
}

/** An error of the client as a failure in our words: what is wrong, and with what to mend it. */
export function clickhouseFailure(error: unknown, address: ClickhouseAddress): EngineFailure {
  const { code, message } = described(error);
  const words = WORDS[code]?.(address, message) ?? `${oneLine(message)} (ClickHouse at ${address.url})`;
  return new EngineFailure(words, { cause: error });
}

/** Whether the server refused for want of a right. */
export function isRefusal(error: unknown): boolean {
  return described(error).code === NOT_ENOUGH_PRIVILEGES;
}

/** Whether another query of the session is not over. */
export function isLocked(error: unknown): boolean {
  return described(error).code === SESSION_IS_LOCKED;
}

const NOT_ENOUGH_PRIVILEGES = "497";
const SESSION_IS_LOCKED = "373";

const WORDS: Readonly<Record<string, (address: ClickhouseAddress, message: string) => string>> = {
  "516": ({ url, user }) =>
    `ClickHouse at ${url} refuses the user ${JSON.stringify(user ?? "default")} or the password; they come from FAIRTRIAL_CLICKHOUSE_USER and FAIRTRIAL_CLICKHOUSE_PASSWORD`,
  "60": (address, message) =>
    `${oneLine(message)}: no such table for this user (ClickHouse at ${address.url})`,
  "81": (address, message) =>
    `${oneLine(message)}: no such database for this user (ClickHouse at ${address.url})`,
  [NOT_ENOUGH_PRIVILEGES]: ({ url, user }, message) =>
    `the user ${JSON.stringify(user ?? "default")} may not do this at ${url}: ${oneLine(message)}`,
  "159": ({ url }, message) =>
    `a query took longer than \`timeoutSeconds\` allows (ClickHouse at ${url}): ${oneLine(message)}`,
  "209": ({ url }) => `a shard did not answer in time (ClickHouse at ${url}); nothing partial is used`,
  "210": ({ url }, message) => `a shard cannot be reached (ClickHouse at ${url}): ${oneLine(message)}`,
  "279": ({ url }, message) =>
    `a shard of the cluster does not answer (ClickHouse at ${url}); nothing partial is used: ${oneLine(message)}`,
  "241": ({ url }, message) => `ClickHouse at ${url} has too little memory for a query: ${oneLine(message)}`,
  "201": ({ url }, message) => `a quota of ClickHouse at ${url} is used up: ${oneLine(message)}`,
  "164": ({ url, user }) =>
    `the user ${JSON.stringify(user ?? "default")} is read-only at ${url} and may not make temporary tables; \`readonly = 2\` would do`,
  "372": ({ url }) => lostSession(url),
  ECONNREFUSED: ({ url }) => `nothing answers at ${url}: the connection was refused`,
  ECONNRESET: ({ url }) => `the connection to ClickHouse at ${url} was cut before the answer was there`,
  EPIPE: ({ url }) => `the connection to ClickHouse at ${url} was cut before the answer was there`,
  ENOTFOUND: ({ url }) => `no server has the name in ${url}`,
  EAI_AGAIN: ({ url }) => `the name in ${url} cannot be looked up`,
  EPROTO: ({ url }) => `what answers at ${url} speaks no TLS: the address may have to begin with http://`,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_HAS_EXPIRED: ({ url }) => `the certificate of ${url} has expired`,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ url }) => `the certificate of ${url} is of another name`,
  ETIMEDOUT: ({ url }) => `ClickHouse at ${url} did not answer in time`,
};

function unknownAuthority({ url }: ClickhouseAddress): string {
  return `the certificate of ${url} is signed by nobody that is known here; NODE_EXTRA_CA_CERTS names the file of a private authority`;
}

function lostSession(url: string): string {
  return `ClickHouse at ${url} has lost the session and its temporary tables; a balancer has to send all of a session to one server`;
}

/** The server's number of the error, or the system's name of it. */
function described(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  const own = "code" in error ? String(error.code) : "";
  const [, inMessage = ""] = /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT)\b/.exec(error.message) ?? [];
  if (own === "" && /^(socket hang up|Timeout error)/i.test(error.message)) {
    return {
      code: error.message.startsWith("socket") ? "ECONNRESET" : "ETIMEDOUT",
      message: error.message,
    };
  }
  return { code: own || inMessage, message: error.message };
}

/** Without the server's number, its version and what a stack adds. */
function oneLine(message: string): string {
  return message
    .split("\n")[0]!
    .replace(/^Code: \d+\. /, "")
    .replace(/DB::(Net)?Exception: /g, "")
    .replace(/ \(version [^)]*\)$/, "")
    .replace(/\.? ?\([A-Z_]+\)$/, "")
    .trim();
}
