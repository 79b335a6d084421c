/** How ids of one unit in a source meet those of the exposures. */
export interface IdJoin {
  /** Key of the unit, and the column of its id. */
  readonly unit: string;
  readonly column: string;
  /** Different ids in the source. */
  readonly ids: number;
  /** Rows without one. */
  readonly rowsWithout: number;
  /** How many of them the exposures have too; null of the exposures themselves, or where nobody compared. */
  readonly exposed: number | null;
  /** Different ids in the exposures; null as above. */
  readonly exposedIds: number | null;
}

/** Whether a source can be read as the project needs it. */
export interface SourceReport {
  /** Key in `project.yaml`; `perUnit` for the one-row-per-unit table. */
  readonly source: string;
  readonly usable: boolean;
  readonly files: readonly string[];
  /** As the YAML names it; null of files. */
  readonly table: string | null;
  /** Null where the source cannot be read. */
  readonly rows: number | null;
  /** ISO instants of the first and last row; null without timestamps or rows. */
  readonly first: string | null;
  readonly last: string | null;
  readonly units: readonly IdJoin[];
}
