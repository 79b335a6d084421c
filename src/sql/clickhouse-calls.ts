import { printAttempt } from "./clickhouse-casts.ts";
import { isDouble } from "./expression-type.ts";
import type { Call, Expression, FunctionName } from "./tree.ts";

/** A function or an aggregate. Aggregates over nothing are NULL, but for counts; NaN is the largest number. */
export function printClickhouseCall(
  { name, operands, filter }: Call,
  print: (expression: Expression) => string,
  timezone: string,
): string {
  const [first] = operands;
  if (name === "instant-of-text") return printAttempt(print(first!), "instant", timezone);
  if (name === "behind-mark") return `toValidUTF8(concat('=', ${print(first!)}))`;
  const condition = filter === null ? [] : [print(filter)];
  if (name === "count") return count([...(first ? [`${print(first)} is not null`] : []), ...condition]);
  const text = FUNCTIONS[name];
  if (name === "microseconds-of-instant" || name === "microseconds-of-local-time") {
    return `toUnixTimestamp64Micro(toDateTime64(${print(first!)}, 6))`;
  }
  if (name === "md5") return `lower(hex(MD5(${print(first!)})))`;
  if (!AGGREGATES.has(name)) return `${text}(${operands.map(print).join(", ")})`;
  const value = print(first!);
  if (!isDouble(first!) || (name !== "max" && name !== "min")) return aggregate(text, value, condition);
  const numbers = [...condition, `not isNaN(${value})`];
  const extreme = aggregate(text, value, numbers);
  const isNumber = name === "max" ? "1" : `${count(numbers)} = 0`;
  return `if(${count([...condition, `isNaN(${value})`])} > 0 and ${isNumber}, nan, ${extreme})`;
}

function aggregate(text: string, value: string, conditions: readonly string[]): string {
  return conditions.length === 0
    ? `${text}OrNull(${value})`
    : `${text}OrNullIf(${value}, ${conditions.join(" and ")})`;
}

function count(conditions: readonly string[]): string {
  return `toInt64(${conditions.length === 0 ? "count()" : `countIf(${conditions.join(" and ")})`})`;
}

const AGGREGATES: ReadonlySet<FunctionName> = new Set<FunctionName>([
  "average",
  "bit-or",
  "max",
  "min",
  "precise-sum",
  "sum",
]);

const FUNCTIONS: Readonly<Record<Exclude<FunctionName, "behind-mark" | "instant-of-text">, string>> = {
  absolute: "abs",
  average: "avg",
  "bit-or": "groupBitOr",
  coalesce: "coalesce",
  count: "count",
  "is-finite": "isFinite",
  max: "max",
  md5: "MD5",
  "microseconds-of-instant": "toUnixTimestamp64Micro",
  "microseconds-of-local-time": "toUnixTimestamp64Micro",
  "instant-of-microseconds": "fromUnixTimestamp64Micro",
  "local-time-of-microseconds": "fromUnixTimestamp64Micro",
  min: "min",
  "precise-sum": "sumKahan",
  sum: "sum",
  trim: "trimBoth",
};
