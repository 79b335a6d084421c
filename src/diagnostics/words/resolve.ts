import { words } from "../words.ts";

/** Values that are well spelled and still mean nothing. */
export const resolveWords = {
  "percentage/out-of-range": words<{ found: string; expected: string }>({
    severity: "error",
    title: "A percentage is outside its range",
    message: ({ found, expected }) => `expected ${expected}, found \`${found}\``,
  }),
  "effect/zero": words<{ found: string }>({
    severity: "error",
    title: "An effect or a margin is zero",
    message: ({ found }) => `an effect must be more than zero, found \`${found}\``,
    help: () => "no number of units finds an effect of zero; name the smallest that matters",
  }),
  "effect/rate-as-number": words<{ metric: string; found: string }>({
    severity: "error",
    title: "An absolute effect on a rate is not a percentage",
    message: ({ metric, found }) =>
      `\`${metric}\` is a rate, and an absolute effect on it is a percentage; found the number \`${found}\``,
    help: ({ found }) => `for ${found} percentage points write \`${found}%\``,
  }),
  "effect/number-as-rate": words<{ metric: string; kind: string; found: string }>({
    severity: "error",
    title: "An absolute effect is a percentage where the metric is not a rate",
    message: ({ metric, kind, found }) =>
      `\`${metric}\` is a ${kind}, and an absolute effect on it is a number in its unit; found \`${found}\``,
    help: ({ found }) => `for an effect relative to the control write \`${found}\` without \`absolute\``,
  }),
  "mde/default-absolute": words<Record<never, never>>({
    severity: "error",
    title: "The project's default MDE is absolute",
    message: () => "a default MDE must be relative, because metrics differ in their units",
    help: () => "write a percentage such as `5%`, or give each experiment its own `mde`",
  }),
  "date/not-a-day": words<{ found: string }>({
    severity: "error",
    title: "A day that does not exist",
    message: ({ found }) => `there is no day \`${found}\``,
  }),
  "timezone/unknown": words<{ found: string }>({
    severity: "error",
    title: "A timezone that does not exist",
    message: ({ found }) => `\`${found}\` is not an IANA timezone`,
    help: () => "write a name such as `UTC` or `Europe/Berlin`",
  }),
  "ratio/part-kind": words<{ metric: string; kind: string }>({
    severity: "error",
    title: "A part of a ratio cannot be added up",
    message: ({ metric, kind }) =>
      `\`${metric}\` is a ${kind}; the parts of a ratio are conversions, counts or sums`,
    help: ({ kind }) =>
      kind === "mean"
        ? "a mean leaves out units without events; take a sum"
        : kind === "ratio"
          ? "name the parts themselves"
          : "take a conversion, a count or a sum of the same event",
  }),
  "retention/days-order": words<{ first: number; last: number }>({
    severity: "error",
    title: "A retention ends before it begins",
    message: ({ first, last }) => `day ${last} comes before day ${first}`,
    help: ({ first, last }) => `write the first day first: \`[${last}, ${first}]\``,
  }),
  "retention/no-time": words<{ window: string; first: number }>({
    severity: "error",
    title: "A rolling retention has no time",
    message: ({ window, first }) =>
      `it begins ${first === 1 ? "1 day" : `${first} days`} after first exposure, and its window of \`${window}\` has ended by then`,
    help: ({ first }) => `the window begins at first exposure: write one longer than \`${first}d\``,
  }),
  "variants/unexpected-weight": words<{ variant: string }>({
    severity: "error",
    title: "A weight under uniformChoice",
    message: ({ variant }) => `\`${variant}\` has a weight, but \`uniformChoice\` draws all variants alike`,
    help: () => "remove the weights, or write `assign: weightedChoice`",
  }),
  "variants/missing-weight": words<{ variant: string; given: string }>({
    severity: "error",
    title: "A variant without a weight",
    message: ({ variant }) => `\`${variant}\` has no weight, but \`weightedChoice\` draws by weight`,
    help: ({ given }) => `the weights given sum to ${given}; all of them must sum to 100%`,
  }),
  "warehouse/other-engine": words<{ key: string; engine: string }>({
    severity: "error",
    title: "A setting of another engine",
    message: ({ key, engine }) => `\`${key}\` means nothing where \`engine\` is \`${engine}\``,
    help: ({ key }) => `remove it, or write \`engine: ${key === "database" ? "duckdb" : "clickhouse"}\``,
  }),
  "warehouse/files-on-server": words<Record<never, never>>({
    severity: "error",
    title: "ClickHouse cannot read files of the project",
    message: () => "this names files, and ClickHouse reads tables",
    help: () => "write `from: { table: … }`, or `engine: duckdb`",
  }),
  "warehouse/no-database": words<{ table: string }>({
    severity: "error",
    title: "A table without a database",
    message: ({ table }) => `nothing says which database file has the table \`${table}\``,
    help: () => "write `database: data/warehouse.duckdb` beside `engine`",
  }),
  "warehouse/no-server": words<Record<never, never>>({
    severity: "error",
    title: "A ClickHouse warehouse has no address",
    message: () => "the warehouse does not say where ClickHouse is",
    help: () =>
      "write `clickhouse: { url: https://clickhouse.example.com:8443 }` beside `engine`; the password comes from FAIRTRIAL_CLICKHOUSE_PASSWORD",
  }),
  "warehouse/outside-project": words<{ pattern: string }>({
    severity: "error",
    title: "A source reads files outside the project",
    message: ({ pattern }) =>
      isAddress(pattern)
        ? `\`${pattern}\` is an address; the engine reads files only, and opens no connection`
        : `\`${pattern}\` can name files outside the folder that holds \`experiments/\``,
    help: ({ pattern }) =>
      isAddress(pattern)
        ? "copy the files below that folder before the analysis (`aws s3 sync`, `curl`), and name them there"
        : "write a path relative to that folder, with forward slashes and without `..`; put the data, not a link to it, below it",
  }),
};

/** Such as `s3://bucket/key`. */
function isAddress(pattern: string): boolean {
  return /^!*[a-z][a-z0-9+.-]*:\/\//i.test(pattern);
}
