import { quoteClickhouseText } from "./clickhouse-quote.ts";
import type { SqlType } from "./tree.ts";

/** A type of the tree as a type of ClickHouse. */
export const CLICKHOUSE_TYPES: Readonly<Record<SqlType, string>> = {
  text: "String",
  integer: "Int64",
  "wide-integer": "Int128",
  double: "Float64",
  boolean: "Bool",
  instant: "DateTime64(6)",
  "local-time": "DateTime64(6)",
};

/** A conversion of a value that has one. NULL stays NULL, what does not fit the integers is an error. */
export function printCast(operand: string, type: SqlType, timezone: string): string {
  switch (type) {
    case "text":
      return `toString(${operand})`;
    case "integer":
    case "wide-integer":
      return `accurateCast(${operand}, '${CLICKHOUSE_TYPES[type]}')`;
    case "double":
      return `toFloat64(${operand})`;
    case "boolean":
      return `toBool(${operand})`;
    default:
      return printAttempt(operand, type, timezone);
  }
}

/**
 * A double that is known to fit as a whole number of 128 bits: the engine's accurate conversions refuse what has more than
 * 64. What is no number, in rows that a filter leaves out, is some number: the engine converts these too. NULL stays NULL.
 * The operand stands in the text once, which doubles with each part of a sum as it is.
 */
export function printWide(double: string): string {
  return `toInt128(round(clamp(${double}, -1.5e38, 1.5e38)))`;
}

/** A conversion that gives NULL where the value has none: of texts, what DuckDB's `try_cast` reads. */
export function printAttempt(operand: string, type: SqlType, timezone: string): string {
  const text = `toString(${operand})`;
  switch (type) {
    case "text":
      return text;
    case "integer":
    case "wide-integer":
      return `accurateCastOrNull(${operand}, '${CLICKHOUSE_TYPES[type]}')`;
    case "double":
      return `if(match(${text}, ${NUMBER}), toFloat64OrNull(replaceRegexpAll(${text}, ${IGNORED_IN_NUMBERS}, '')), NULL)`;
    case "boolean":
      return `multiIf(lower(${text}) in (${TRUE}), true, lower(${text}) in (${FALSE}), false, NULL)`;
    case "instant":
      return printInstant(text, timezone);
    case "local-time":
      return parsed(`replaceRegexpOne(${text}, ${ZONED}, '\\\\1')`, "UTC");
  }
}

const TRUE = "'true', 't', 'yes', 'y', '1'";
const FALSE = "'false', 'f', 'no', 'n', '0'";

const SPACE = "[ \\t\\n\\v\\f\\r]*";
const DIGITS = "[0-9]+(_[0-9]+)*";
const NUMBER = quoteClickhouseText(
  `^${SPACE}[+-]?((${DIGITS}([.](${DIGITS})?)?|[.]${DIGITS})([eE][+-]?${DIGITS})?|(?i:nan|inf|infinity))${SPACE}$`,
);
const IGNORED_IN_NUMBERS = quoteClickhouseText("[ \\t\\n\\v\\f\\r_]|^[+]");

const DATE = "[0-9]{4}(-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{1,2}";
const TIME = "(([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{0,9})?)?|24:00(:00([.]0*)?)?)";
const ZONE = "(Z|[+-][0-9]{2}(:?[0-9]{2})?| UTC)";
const LOCAL_OR_ZONED = quoteClickhouseText(`^${DATE}([T ]${TIME}${ZONE}?)?$`);
const ZONED = quoteClickhouseText(`(${TIME})${ZONE}$`);

/** ISO 8601 with a zone, or a wall clock's in the given timezone. The engine's own reading takes in far more. */
function parsed(text: string, timezone: string): string {
  const read = `parseDateTime64BestEffortOrNull(${text}, 6, ${quoteClickhouseText(timezone)})`;
  return `if(match(${text}, ${LOCAL_OR_ZONED}), ${read}, NULL)`;
}

/**
 * The instant of a text. An hour that the clocks show twice is the second one, and one that they skip is as long
 * after midnight as if they had not, as DuckDB has it: ClickHouse takes the greater offset in both cases.
 */
function printInstant(text: string, timezone: string): string {
  if (timezone === "UTC" || timezone === "Etc/UTC") return parsed(text, "UTC");
  const instant = parsed(text, timezone);
  const wall = microseconds(parsed(text, "UTC"));
  const clockAt = (at: string) => `${microseconds(at)} + ${offsetAt(at, timezone)}`;
  const later = fromWall(wall, offsetAt(`addHours(${instant}, 6)`, timezone));
  const unshifted = fromWall(wall, offsetAt(`subtractHours(${instant}, 6)`, timezone));
  return `multiIf(match(${text}, ${ZONED}), ${instant}, ${clockAt(instant)} != ${wall}, ${unshifted}, ${clockAt(later)} = ${wall}, ${later}, ${instant})`;
}

function microseconds(instant: string): string {
  return `toUnixTimestamp64Micro(${instant})`;
}

function offsetAt(instant: string, timezone: string): string {
  return `1000000 * timezoneOffset(toTimeZone(${instant}, ${quoteClickhouseText(timezone)}))`;
}

function fromWall(wall: string, offset: string): string {
  return `fromUnixTimestamp64Micro(${wall} - ${offset})`;
}
