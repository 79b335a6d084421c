import type { Place } from "../diagnostics/place.ts";
import type { EpochUnit, SourceOrigin } from "../model/warehouse.ts";

/** What a column is read as. `id`: a unit's, as text. `measure`: a number, or true and false. */
export type ColumnUse = "text" | "id" | "instant" | "number" | "measure" | "flag";

/** A column that an analysis reads, and where the YAML names it. */
export interface ColumnNeed {
  readonly column: string;
  readonly use: ColumnUse;
  readonly place: Place;
  /** Only rows of this event matter; null: all rows. */
  readonly event: { readonly column: string; readonly key: string } | null;
  /** What a row without a value is: as it should be, left out of sums, or a zero. */
  readonly absent: "fine" | "left-out" | "zero";
}

/** A declared source: what it is called, where it stands, and what is read from it. */
export interface DeclaredSource {
  readonly source: string;
  readonly place: Place;
  readonly from: SourceOrigin;
  readonly timestamp: string | null;
  /** What the timestamp's numbers count; null where it holds no numbers. */
  readonly epoch: EpochUnit | null;
  readonly needs: readonly ColumnNeed[];
}
