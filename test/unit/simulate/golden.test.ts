import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { caseProject, fairtrial, workedExample } from "../../command-line.ts";

/** Rows as the engine reads them back would be slower: the text formats are enough to see a draw that moved. */
async function hashOf(folder: string, file: string, ...options: readonly string[]): Promise<string> {
  const { code, stdout } = await fairtrial(folder, "simulate", ...options, "--format", "json");
  expect(code).toBe(0);
  return createHash("sha256")
    .update(readFileSync(join(folder, file)))
    .update(JSON.stringify(JSON.parse(stdout).truth))
    .digest("hex");
}

test("the rows and the truth of a seed are the same in every version", async () => {
  const effects = [
    "--effect",
    "checkout-v2:checkout-conversion=+10%",
    "--effect",
    "1:plugin-installation=+15%",
  ];
  expect([
    await hashOf(
      workedExample(),
      "data/events/simulated.ndjson",
      "--seed",
      "7",
      "--units",
      "400",
      ...effects,
    ),
    await hashOf(caseProject("lift-per-unit"), "data/users.csv", "--seed", "7", "--units", "400"),
  ]).toEqual([
    "d69804e0cc048251189dd5fb913bad4b7043f0f31bd6b9b4b70c0c9c65b552be",
    "d4bd8177fa6c9498f7c1608dba99f4b73e41f26c014a79750f05d2b823bb2da9",
  ]);
});
