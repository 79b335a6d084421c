import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { caseProject, fairtrial, temporaryFolder, writeFiles } from "../command-line.ts";

/** Where the engine's temporary files go while a test runs. */
let temporary: string;

beforeEach(() => {
  temporary = join(temporaryFolder(), "tmp");
  mkdirSync(temporary);
  vi.stubEnv("TMPDIR", temporary);
});
afterEach(() => {
  vi.unstubAllEnvs();
  // Whatever went wrong, nothing is left behind.
  const left = readdirSync(temporary).filter((name) => !name.startsWith("fairtrial-test-"));
  expect(left).toEqual([]);
});

async function duckdb(path: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

/** The case's project, reading Parquet of so many units, each with one purchase. */
async function parquetProject(
  units: number,
  changes: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = caseProject("first-exposure");
  const project = readFileSync(join(folder, "experiments", "project.yaml"), "utf8");
  writeFiles(folder, { "experiments/project.yaml": project.replaceAll(".csv", "-*.parquet"), ...changes });
  const id = `md5(range::varchar) as "user"`;
  const at = (day: number) => `timestamp '2023-01-0${day} 08:00' as time`;
  await duckdb(
    ":memory:",
    `copy (select ${id}, 'checkout' as experiment, if(range % 2 = 0, 'control', 'variant') as variant, ${at(1)} from range(${units})) to '${join(folder, "data", "exposures-1.parquet")}' (format parquet)`,
    `copy (select ${id}, 'purchase' as event, range::double as amount, ${at(2)} from range(${units})) to '${join(folder, "data", "events-1.parquet")}' (format parquet)`,
    `copy (select ${id}, 'purchase' as event, range::double as amount, ${at(3)} from range(${units})) to '${join(folder, "data", "events-2.parquet")}' (format parquet)`,
  );
  return folder;
}

const events = (folder: string) => join(folder, "data", "events-2.parquet");

/** Code, path and words of what was told. */
function told(stderr: string): readonly string[] {
  return [...stderr.matchAll(/^(?:error|warning)\[.+$/gm)].map(([line]) => line);
}

describe("no partial verdict, a located error", () => {
  test("a Parquet file cut in half", async () => {
    const folder = await parquetProject(20_000);
    const bytes = readFileSync(events(folder));
    writeFileSync(events(folder), bytes.subarray(0, bytes.length / 2));
    const { code, stdout, stderr } = await fairtrial(folder, "analyze", "--format", "json");
    expect([code, JSON.parse(stdout)]).toEqual([1, []]);
    expect(told(stderr)).toHaveLength(1);
    expect(told(stderr)[0]).toMatch(
      /^error\[data\/unreadable-file\]: data\/events-2\.parquet cannot be read: /,
    );
    expect(stderr).toContain("--> experiments/project.yaml:");
  });

  test("a Parquet file whose ids are damaged inside, which nothing reads before the units are joined", async () => {
    const folder = await parquetProject(20_000);
    const bytes = readFileSync(events(folder));
    // The ids come first, and are most of the file.
    bytes.fill(0xff, 2_000, 200_000);
    writeFileSync(events(folder), bytes);
    const { code, stdout, stderr } = await fairtrial(folder, "analyze", "--format", "json");
    expect([code, JSON.parse(stdout)]).toEqual([1, []]);
    expect(told(stderr)[0]).toMatch(/^error\[data\/(?:engine-failure|unreadable-file)\]: /);
    expect(stderr).toContain("--> experiments/project.yaml:");
  });

  test("a CSV file with an id that is not UTF-8, which nothing reads before the units are joined", async () => {
    const folder = caseProject("first-exposure");
    const path = join(folder, "data", "events.csv");
    const [head] = readFileSync(path, "utf8").split("\n");
    const row = (user: string) =>
      head!.replace("user", user).replace("time", "2023-01-02").replace("amount", "1");
    const rows = [
      head,
      ...Array.from({ length: 30_000 }, (_, index) => row(`u-${index}`)),
      row("caf\xe9"),
      "",
    ];
    writeFileSync(path, rows.join("\n"), "latin1");
    const { code, stdout, stderr } = await fairtrial(folder, "analyze", "--format", "json");
    expect([code, JSON.parse(stdout)]).toEqual([1, []]);
    expect(told(stderr)).toEqual([
      "error[data/unreadable-file]: data/events.csv cannot be read: line 30002 has bytes that are not UTF-8",
    ]);
  });

  test.each([
    [
      "a column that the second file calls otherwise",
      `"user", event, amount as amount_eur, time`,
      "error[data/missing-column]: data/events-2.parquet has no column `amount`; it has `user`, `event`, `amount_eur`, `time`",
      "metrics/revenue.yaml",
    ],
    [
      "a column that the second file lacks",
      `"user", event, amount`,
      "error[data/missing-column]: data/events-2.parquet has no column `time`; it has `user`, `event`, `amount`",
      "project.yaml",
    ],
    [
      "a type that changes between files, and cells that cannot be read",
      `"user", event, if(amount = 7, 'seven', amount::varchar) as amount, time`,
      'error[data/bad-value]: `amount` of row 8 in data/events-2.parquet is not a number of at most 1e60: "seven"',
      "metrics/revenue.yaml",
    ],
  ])("%s", async (_, columns, problem, place) => {
    const folder = await parquetProject(1_000);
    await duckdb(
      ":memory:",
      `create table rows as select * from '${events(folder)}'`,
      `copy (select ${columns} from rows) to '${events(folder)}' (format parquet)`,
    );
    const { code, stdout, stderr } = await fairtrial(folder, "analyze", "--format", "json");
    expect([code, JSON.parse(stdout), told(stderr)]).toEqual([1, [], [problem]]);
    expect(stderr).toContain(`--> experiments/${place}:`);
  });

  test("a temporary disk that is full", async () => {
    const folder = await parquetProject(600_000);
    vi.stubEnv("FAIRTRIAL_MEMORY_LIMIT", "30MB");
    vi.stubEnv("FAIRTRIAL_TEMP_LIMIT", "1MB");
    const { code, stdout, stderr } = await fairtrial(folder, "analyze", "--format", "json");
    expect([code, JSON.parse(stdout)]).toEqual([1, []]);
    expect(told(stderr)).toHaveLength(1);
    expect(told(stderr)[0]).toMatch(/^error\[data\/engine-failure\]: the engine stopped: /);
    expect(stderr).toContain("FAIRTRIAL_TEMP_LIMIT");
  });

  test("the same in enough memory gives a verdict", async () => {
    const { code, stdout } = await fairtrial(await parquetProject(20_000), "analyze", "--format", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)[0].health.srm.observed).toEqual({ control: 10_000, variant: 10_000 });
  });

  test.each([
    ["FAIRTRIAL_MEMORY_LIMIT", "lots"],
    ["FAIRTRIAL_TEMP_LIMIT", "1GB'; drop table x"],
    ["FAIRTRIAL_THREADS", "0"],
  ])("%s that is no size is wrong usage", async (name, value) => {
    vi.stubEnv(name, value);
    const { code, stderr } = await fairtrial(caseProject("first-exposure"), "analyze");
    expect(code).toBe(2);
    expect(stderr).toContain(`error: ${name} is `);
  });

  test("addresses are refused before any engine is asked", async () => {
    const folder = caseProject("first-exposure");
    const project = readFileSync(join(folder, "experiments", "project.yaml"), "utf8");
    writeFiles(folder, {
      "experiments/project.yaml": project.replace("data/events.csv", "s3://bucket/*.parquet"),
    });
    const { code, stderr } = await fairtrial(folder, "analyze");
    expect(code).toBe(1);
    expect(told(stderr)).toEqual([
      "error[warehouse/outside-project]: `s3://bucket/*.parquet` is an address; the engine reads files only, and opens no connection",
    ]);
    expect(stderr).toContain("aws s3 sync");
  });
});

describe("doctor", () => {
  test("says of each source what it holds and how its ids meet the exposures", async () => {
    const { code, stdout, stderr } = await fairtrial(
      caseProject("first-exposure"),
      "doctor",
      "--format",
      "json",
    );
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual({
      formatVersion: 1,
      sources: [
        {
          source: "exposures",
          usable: true,
          files: ["data/exposures.csv"],
          table: null,
          rows: 6,
          first: "2023-01-01T10:00:00Z",
          last: "2023-01-03T12:00:00Z",
          units: [{ unit: "user", column: "user", ids: 5, rowsWithout: 0, exposed: null, exposedIds: null }],
        },
        {
          source: "app",
          usable: true,
          files: ["data/events.csv"],
          table: null,
          rows: 8,
          first: "2023-01-01T10:01:00Z",
          last: "2023-01-10T12:00:00Z",
          units: [{ unit: "user", column: "user", ids: 5, rowsWithout: 0, exposed: 5, exposedIds: 5 }],
        },
      ],
      diagnostics: [],
    });
  });

  test("one source that cannot be read does not hide the others", async () => {
    const folder = caseProject("first-exposure", {
      "data/events.csv": "user,event,amount,time\n1,purchase,3,soon\n",
    });
    const { code, stdout, stderr } = await fairtrial(folder, "doctor");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✓ +exposures +data\/exposures\.csv +6 /m);
    expect(stdout).toMatch(/^✗ +app +data\/events\.csv /m);
    expect(told(stderr)).toEqual([
      'error[data/bad-timestamp]: `time` of row 1 in data/events.csv is not a timestamp: "soon"',
    ]);
    const alone = await fairtrial(folder, "doctor", "exposures");
    expect([alone.code, alone.stderr]).toEqual([0, ""]);
  });

  test("ids that never meet are a warning", async () => {
    const folder = caseProject("first-exposure", {
      "data/events.csv":
        "user,event,amount,time\nanonymous-1,purchase,3,2023-01-02\n,purchase,3,2023-01-02\n",
    });
    const { code, stdout, stderr } = await fairtrial(folder, "doctor", "app", "--format", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout).sources[0].units).toEqual([
      { unit: "user", column: "user", ids: 1, rowsWithout: 1, exposed: 0, exposedIds: 5 },
    ]);
    expect(JSON.parse(stdout).diagnostics.map(({ code }: { code: string }) => code)).toEqual([
      "data/ids-apart",
    ]);
    expect(stderr).toBe("");
  });

  test("an experiment and an event that the data call otherwise are warnings", async () => {
    const folder = caseProject("first-exposure");
    for (const [file, name, other] of [
      ["exposures.csv", "checkout", "Checkout"],
      ["events.csv", "purchase", "order"],
    ] as const) {
      const path = join(folder, "data", file);
      writeFileSync(path, readFileSync(path, "utf8").replaceAll(name, other));
    }
    const { code, stdout, stderr } = await fairtrial(folder, "doctor");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^✓ +exposures /m);
    expect(told(stderr)).toEqual([
      "warning[data/no-rows]: no row of `exposures` is of the experiment `checkout`",
      "warning[data/no-rows]: no row of `app` is of the event `purchase`",
    ]);
    expect(stderr).toContain("there are rows of `Checkout`");
    expect(stderr).toContain("check how the app calls it");
  });

  test("a file that is not there, and a source that nobody declared", async () => {
    const folder = caseProject("first-exposure");
    const project = readFileSync(join(folder, "experiments", "project.yaml"), "utf8");
    writeFiles(folder, { "experiments/project.yaml": project.replace("data/events.csv", "data/none-*.csv") });
    const missing = await fairtrial(folder, "doctor", "--format", "markdown");
    expect(missing.code).toBe(1);
    expect(missing.stdout).toContain("| ✗ | app | no file |");
    expect(told(missing.stderr)).toEqual([
      "error[data/missing-file]: no file of `app` matches `data/none-*.csv`",
    ]);
    const unknown = await fairtrial(folder, "doctor", "web");
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      "error: there is no source web; there are: exposures, app\n",
    ]);
  });

  test("tables of a database file are read, and the file is not written", async () => {
    const folder = caseProject("first-exposure");
    const project = readFileSync(join(folder, "experiments", "project.yaml"), "utf8");
    const tables = project
      .replace("engine: duckdb", "engine: duckdb\n  database: data/warehouse.duckdb")
      .replace("from: data/events.csv", "from: { table: app.events }")
      .replace("from: data/exposures.csv", "from: { table: exposures }");
    writeFiles(folder, { "experiments/project.yaml": tables });
    const csv = await fairtrial(caseProject("first-exposure"), "analyze", "--format", "json");
    const path = join(folder, "data", "warehouse.duckdb");
    await duckdb(
      path,
      `create table exposures as select * from read_csv('${join(folder, "data", "exposures.csv")}')`,
      "create schema app",
      `create table raw as select * from read_csv('${join(folder, "data", "events.csv")}')`,
      "create view app.events as select * from raw",
    );
    const before = readFileSync(path);
    const doctor = await fairtrial(folder, "doctor");
    expect([doctor.code, doctor.stderr]).toEqual([0, ""]);
    expect(doctor.stdout).toMatch(/✓ +app +table app\.events +8 /);
    const { code, stdout } = await fairtrial(folder, "analyze", "--format", "json");
    expect(code).toBe(0);
    const [ofTables, ofFiles] = [stdout, csv.stdout].map((text) => JSON.parse(text)[0]);
    expect(ofTables.metrics).toEqual(ofFiles.metrics);
    expect(ofTables.sources[1]).toMatchObject({ source: "app", files: [], table: "app.events", rows: 8 });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(`${path}.wal`)).toBe(false);
  });
});

describe("the queries of an analysis", () => {
  test("run elsewhere as they are printed, and give the counts", async () => {
    const folder = caseProject("first-exposure");
    const { code, stdout } = await fairtrial(folder, "analyze", "--sql");
    expect(code).toBe(0);
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const statements = stdout.split(/;\n/).map((text) => text.trim());
    for (const statement of statements.filter((text) => text !== "")) await connection.run(statement);
    const skim = statements.find((text) => text.includes("events.csv") && text.includes('as "rows"'))!;
    const result = await connection.run(skim.replaceAll(/^--.*$/gm, ""));
    expect((await result.getRows())[0]![result.columnNames().indexOf("rows")]).toBe(8n);
    connection.closeSync();
    instance.closeSync();
  });

  test("stand under what they are asked for, as JSON too", async () => {
    const { stdout } = await fairtrial(caseProject("first-exposure"), "analyze", "--sql", "--format", "json");
    const { formatVersion, queries } = JSON.parse(stdout);
    expect(formatVersion).toBe(1);
    expect(queries[0]).toMatchObject({ stage: "reading 2 files", plan: null });
    expect(queries.some(({ sql }: { sql: string }) => /\/\* \$\d+ \*\/ 'checkout'/.test(sql))).toBe(true);
  });

  test("are explained by the engine", async () => {
    const { code, stdout } = await fairtrial(
      caseProject("first-exposure"),
      ...["analyze", "--explain", "--format", "json"],
    );
    expect(code).toBe(0);
    const { queries } = JSON.parse(stdout);
    expect(queries.some(({ plan }: { plan: string | null }) => plan?.includes("READ_CSV"))).toBe(true);
  });
});
