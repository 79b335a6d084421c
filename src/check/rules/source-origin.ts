import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Path } from "../../diagnostics/place.ts";
import type { SourceOrigin, Warehouse } from "../../model/warehouse.ts";
import type { Rule } from "../rule.ts";

/** The engine can read what the sources are: files are for DuckDB, tables for a database or a server. */
export const sourceOrigin: Rule = {
  codes: ["warehouse/files-on-server", "warehouse/no-database"],
  check: ({ file, warehouse }) =>
    warehouse === null
      ? []
      : origins(warehouse).flatMap(({ from, path }): readonly Diagnostic[] => {
          const place = { file, path: [...path, "from"] };
          if (from.kind === "files")
            return warehouse.engine === "duckdb" ? [] : [diagnose("warehouse/files-on-server", place, {})];
          if (warehouse.engine !== "duckdb" || warehouse.database !== null) return [];
          return [diagnose("warehouse/no-database", place, { table: from.name })];
        }),
};

function origins({ layout }: Warehouse): readonly { readonly from: SourceOrigin; readonly path: Path }[] {
  if (layout.kind === "per-unit") return [{ from: layout.from, path: ["warehouse", "perUnit"] }];
  const sources = [{ key: "exposures", from: layout.exposures.from }, ...layout.events];
  return sources.map(({ from, key }) => ({ from, path: ["warehouse", "sources", key] }));
}
