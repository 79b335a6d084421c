import type { Engine } from "../../../src/query/engine.ts";
import type { WrittenWarehouse } from "./documents.ts";
import type { WorldTable } from "./tables.ts";

/** An engine and a form of data that worlds can be put into. */
export interface WorldHost {
  readonly name: string;
  /** Puts the rows where the engine reads them, in place of the last ones. */
  put(tables: readonly WorldTable[]): Promise<PlacedWorld>;
  open(timezone: string): Promise<{ readonly engine: Engine; readonly close: () => Promise<void> }>;
}

export interface PlacedWorld {
  readonly warehouse: WrittenWarehouse;
  /** The files that each source's patterns name, by source; none where sources are tables. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}
