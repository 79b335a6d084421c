import type { Path } from "../diagnostics/place.ts";
import type { Project } from "../model/project.ts";

/** A source whose rows have no times, in words, and where it is declared. */
export interface Timeless {
  readonly name: string;
  readonly path: Path;
}

/**
 * What keeps rows from having times: a table of one row per unit, the exposures, or a source of one of these events.
 * Null where nothing does.
 */
export function withoutTime({ events, warehouse }: Project, read: readonly string[] = []): Timeless | null {
  if (warehouse === null) return null;
  const { layout } = warehouse;
  if (layout.kind === "per-unit")
    return { name: "a warehouse of one row per unit", path: ["warehouse", "perUnit"] };
  const sources = new Set(events.filter(({ key }) => read.includes(key)).map(({ source }) => source));
  const declared = [
    { key: "exposures", ...layout.exposures.columns },
    ...layout.events.filter(({ key }) => sources.has(key)).map(({ key, columns }) => ({ key, ...columns })),
  ];
  const timeless = declared.find(({ timestamp }) => timestamp === null);
  if (timeless === undefined) return null;
  return { name: `the source \`${timeless.key}\``, path: ["warehouse", "sources", timeless.key, "columns"] };
}
