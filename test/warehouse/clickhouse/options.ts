import type { ClickhouseOptions } from "../../../src/warehouse/clickhouse.ts";
import type { Server } from "./servers.ts";

let sessions = 0;

/** A session of its own on a server, by the user without a password. */
export function optionsOf(
  { url }: Pick<Server, "url">,
  overrides: Partial<ClickhouseOptions> = {},
): ClickhouseOptions {
  return {
    url,
    database: null,
    user: null,
    password: null,
    timeoutSeconds: 60,
    session: `test-${process.pid}-${++sessions}`,
    timezone: "UTC",
    ...overrides,
  };
}
