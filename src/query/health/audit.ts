import type { Experiment } from "../../model/experiment.ts";
import { column } from "../../sql/expressions.ts";
import { named, select, subquery } from "../../sql/queries.ts";
import type { Row } from "../../sql/result.ts";
import type { Query } from "../../sql/tree.ts";
import { decodeNumber } from "../decode.ts";
import { decodeWholeText, wholeText } from "../whole-text.ts";
import type { AuditFacts } from "./facts.ts";

/** The real assignment, as far as it can be asked again from what exposures hold. */
export interface Auditor {
  readonly basis: AuditFacts["basis"];
  /** Keys of the attributes that it wants to know. */
  readonly attributes: readonly AuditedAttribute[];
  /** The variant of a unit, null where it gives none. Attributes that were absent are left out. */
  variantOf(unit: string, attributes: Readonly<Record<string, string | number | boolean>>): string | null;
}

export interface AuditedAttribute {
  readonly key: string;
  readonly type: "string" | "number" | "boolean";
}

/** The name of an attribute's column among the rows that are audited. */
export function attributeColumn(index: number): string {
  return `attribute ${index}`;
}

/** Rows with a unit (`unit`), its logged variant's index (`variant`) and its attributes, as `audit` takes them. */
export function rowsToAudit(rows: Query, attributes: readonly AuditedAttribute[]): Query {
  const cells = attributes.map(({ type }, index) => {
    const cell = column(attributeColumn(index));
    return named(attributeColumn(index), type === "string" ? wholeText(cell) : cell);
  });
  const columns = [named("unit", wholeText(column("unit"))), named("variant", column("variant")), ...cells];
  return select({ columns, from: subquery(rows) });
}

/** Asks the assignment about every row of `rowsToAudit`. */
export function audit({ variants }: Experiment, rows: readonly Row[], auditor: Auditor): AuditFacts {
  const places = new Map(variants.map(({ key }, index) => [key, index]));
  const units = variants.map(() => [...variants, null].map(() => 0));
  for (const row of rows) {
    const given = auditor.variantOf(decodeWholeText(row, "unit") ?? "", attributesOf(row, auditor));
    const place = given === null ? variants.length : (places.get(given) ?? variants.length);
    units[decodeNumber(row, "variant")]![place]! += 1;
  }
  return { basis: auditor.basis, units };
}

function attributesOf(row: Row, { attributes }: Auditor) {
  const known = attributes.flatMap(({ key, type }, index) => {
    const name = attributeColumn(index);
    const cell = type === "string" ? decodeWholeText(row, name) : row[name];
    if (cell === null || cell === undefined) return [];
    return [[key, typeof cell === "bigint" ? Number(cell) : cell] as const];
  });
  return Object.fromEntries(known);
}
