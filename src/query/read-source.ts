import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { DeclaredSource } from "./column-need.ts";
import type { Engine } from "./engine.ts";
import type { SourceFacts } from "./observation.ts";
import { readColumns } from "./read-columns.ts";
import { readFacts } from "./read-facts.ts";
import type { ColumnNumbers } from "./skim-source.ts";
import type { SourceRelation } from "./source-relation.ts";

/** A source that was looked at. */
export interface ReadSource {
  /** Null where it cannot be read as needed. */
  readonly relation: SourceRelation | null;
  readonly facts: SourceFacts | null;
  /** Milliseconds at or after the last row; null without timestamps or rows. */
  readonly last: number | null;
  /** By column that is read as a number. */
  readonly numbers: ReadonlyMap<string, ColumnNumbers>;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a source holds, and whether it can be read as is needed. `asOf`: the facts are of rows up to it. */
export async function readSource(
  engine: Engine,
  declared: DeclaredSource,
  files: readonly string[],
  timezone: string,
  asOf: number | null,
): Promise<ReadSource> {
  const { relation, diagnostics } = await readColumns(engine, declared, files, timezone);
  if (!relation) return { relation: null, facts: null, last: null, numbers: new Map(), diagnostics };
  const found = await readFacts(engine, declared, relation, asOf);
  return { relation, ...found, diagnostics: [...diagnostics, ...found.diagnostics] };
}
