import { dayOf } from "../days.ts";
import { EXPERIMENT, type ExposureRow, ITERATION, type World } from "../world.ts";

export type Reason =
  | "other-iteration"
  | "unknown-variant"
  | "forced"
  | "bots"
  | "test-units"
  | "no-unit"
  | "before-start"
  | "after-end";

/** Why a row of the experiment exposes nobody: the first reason that holds; null: it does. */
export function reasonOf({ variants, testUnits, days, timezone }: World, row: ExposureRow): Reason | null {
  if (row.iteration !== ITERATION) return "other-iteration";
  if (row.variant === null || !variants.includes(row.variant)) return "unknown-variant";
  if (row.forced === true) return "forced";
  if (row.bot === true) return "bots";
  if (row.user !== null && testUnits.includes(row.user)) return "test-units";
  if (isNobody(row)) return "no-unit";
  const day = dayOf(row.at, timezone);
  if (days !== null && day < days.start) return "before-start";
  return days !== null && day > days.end ? "after-end" : null;
}

/** Rows that are left out, by reason and variant. Rows of unknown variants are of none. */
export function excludedRows(world: World, asOf: number): Readonly<Record<string, readonly number[]>> {
  const known = reasonsIn(world).filter((reason) => reason !== "unknown-variant");
  return Object.fromEntries(known.map((reason) => [reason, perVariant(world, rowsOf(world, asOf, reason))]));
}

/** Variants of rows that would count else, the most frequent first, then by code point. */
export function unknownVariants(world: World, asOf: number): readonly string[] {
  const names = rowsOf(world, asOf, "unknown-variant").map(({ variant }) => variant ?? "");
  const rows = (name: string) => names.filter((each) => each === name).length;
  return [...new Set(names)].sort((a, b) => rows(b) - rows(a) || (a < b ? -1 : 1));
}

/** Units behind the reasons that should strike variants alike; of rows without a unit, the rows. */
export function excludedUnits(world: World, asOf: number): Readonly<Record<string, readonly number[]>> {
  const blind = reasonsIn(world).filter((reason) =>
    ["bots", "no-unit", "before-start", "after-end"].includes(reason),
  );
  return Object.fromEntries(
    blind.map((reason) => {
      const rows = rowsOf(world, asOf, reason);
      if (reason === "no-unit") return [reason, perVariant(world, rows)];
      const units = new Map(
        rows.filter((row) => !isNobody(row)).map((row) => [JSON.stringify([row.user, row.variant]), row]),
      );
      return [reason, perVariant(world, [...units.values()])];
    }),
  );
}

/** Rows that expose somebody, and those of them that another plan was logged with. */
export function otherSpecs(world: World, asOf: number) {
  const rows = rowsOf(world, asOf, null);
  const others = rows.filter(({ spec }) => spec === "eight" || spec === "other");
  return { rows: perVariant(world, others), of: perVariant(world, rows) };
}

/** The reasons that the world's data can give. */
function reasonsIn({ testUnits, days }: World): readonly Reason[] {
  return [
    ...(["other-iteration", "unknown-variant", "forced", "bots"] as const),
    ...(testUnits.length > 0 ? ["test-units" as const] : []),
    "no-unit",
    ...(days === null ? [] : ["before-start" as const, "after-end" as const]),
  ];
}

export function rowsOf(world: World, asOf: number, reason: Reason | null): readonly ExposureRow[] {
  return world.exposures.filter(
    (row) => row.experiment === EXPERIMENT && row.at <= asOf && reasonOf(world, row) === reason,
  );
}

function isNobody({ user }: ExposureRow): boolean {
  return user === null || user === "";
}

function perVariant({ variants }: World, rows: readonly ExposureRow[]): readonly number[] {
  return variants.map((key) => rows.filter(({ variant }) => variant === key).length);
}
