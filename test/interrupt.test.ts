import { spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { bundledCommandLine } from "./bundled-command-line.ts";
import { caseProject, temporaryFolder } from "./command-line.ts";

const { main } = bundledCommandLine();

/** A project whose queries take seconds: many different ids, on one thread, in little memory. */
async function slowProject(): Promise<string> {
  const folder = caseProject("first-exposure");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const rows = (columns: string) =>
    `select range as "user", ${columns}, timestamp '2023-01-02 08:00' as time from range(3000000)`;
  await connection.run(
    `copy (${rows("'checkout' as experiment, 'control' as variant")}) to '${join(folder, "data", "exposures.csv")}'`,
  );
  await connection.run(
    `copy (${rows("'purchase' as event, 1 as amount")}) to '${join(folder, "data", "events.csv")}'`,
  );
  connection.closeSync();
  instance.closeSync();
  return folder;
}

/** Starts `doctor`, which reads and joins all rows, and sends signals once the engine is open. */
async function interrupted(folder: string, ...signals: readonly NodeJS.Signals[]) {
  const temporary = join(temporaryFolder(), "tmp");
  mkdirSync(temporary);
  const child = spawn(process.execPath, [main, "doctor", "--cwd", folder], {
    env: { ...process.env, TMPDIR: temporary, FAIRTRIAL_THREADS: "1", FAIRTRIAL_MEMORY_LIMIT: "200MB" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += part));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal })),
  );
  while (readdirSync(temporary).length === 0 && child.exitCode === null) await pause(20);
  for (const signal of signals) {
    await pause(300);
    child.kill(signal);
  }
  return { ...(await ended), output, left: readdirSync(temporary) };
}

test.each([
  ["Ctrl-C", ["SIGINT"], 130],
  ["a second Ctrl-C", ["SIGINT", "SIGINT"], 130],
  ["the end of a job", ["SIGTERM"], 143],
] as const)("%s stops the query, ends the process and leaves nothing behind", async (_, signals, code) => {
  const result = await interrupted(await slowProject(), ...signals);
  expect(result).toEqual({ code, signal: null, output: "", left: [] });
});
