import { expect, test, vi } from "vitest";
import { EngineFailure } from "../../../src/sql/failure.ts";
import { openClickhouse } from "../../../src/warehouse/clickhouse.ts";
import { optionsOf } from "./options.ts";

vi.mock("@clickhouse/client", () => {
  throw new Error("Cannot find package '@clickhouse/client'");
});

test("without the client, it is said how to get it", async () => {
  const failure = await openClickhouse(optionsOf({ url: "http://127.0.0.1:9" })).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(EngineFailure);
  expect((failure as Error).message).toBe(
    "ClickHouse needs a package that is not there: npm install @clickhouse/client",
  );
});
