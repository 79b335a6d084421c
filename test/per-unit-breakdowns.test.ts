import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { caseProject, fairtrial, temporaryFolder, writeFiles } from "./command-line.ts";

const COUNTS = [
  { country: "US", control: [300, 2000], treated: [380, 2010], pValue: 0.000983504327566997 },
  { country: "CA", control: [150, 1000], treated: [149, 1005], pValue: 0.9128513074751836 },
  { country: null, control: [20, 150], treated: [31, 155], pValue: 0.11880776542631916 },
] as const;

/** A row per unit with its country, of a project whose experiment is broken down by it. */
function shop(attributes: string): string {
  const root = caseProject("lift-per-unit");
  const read = (path: string) => readFileSync(join(root, path), "utf8");
  const rows = COUNTS.flatMap(({ country, control, treated }) =>
    Object.entries({ control, "one-page": treated }).flatMap(([variant, [converted, units]]) =>
      Array.from({ length: units }, (_, at) => `${variant},${country ?? ""},${at < converted}\n`),
    ),
  );
  writeFiles(root, {
    "experiments/project.yaml": `${read("experiments/project.yaml")}${attributes}attributes: { country: { type: string } }\n`,
    "experiments/checkout-v2.yaml": `${read("experiments/checkout-v2.yaml")}analysis: { breakdowns: [country] }\n`,
    "data/users.csv": `user_id,variant,country,converted\n${rows.map((row, id) => `${id},${row}`).join("")}`,
  });
  return root;
}

/** Expected values: scipy's norm, of the pooled two-proportion z. */
test("a one-row-per-unit table is broken down by the attributes that it has, into the report", async () => {
  const root = shop("    attributes: [country]\n");
  const { stdout, stderr } = await fairtrial(root, "analyze", "checkout-v2", "--format", "json");
  expect(stderr).not.toContain("error");
  const { metrics, health } = JSON.parse(stdout);
  const [{ attribute, values }] = metrics[0].breakdowns;
  expect(attribute).toBe("country");
  expect(values).toHaveLength(COUNTS.length);
  for (const [index, { country, control, treated, pValue }] of COUNTS.entries()) {
    expect(values[index]).toMatchObject({
      value: country,
      units: { control: control[1], "one-page": treated[1] },
    });
    expect(values[index].comparisons[0].pValue).toBeCloseTo(pValue, 12);
  }
  expect(health.checks.map(({ check }: { check: string }) => check)).toContain("srm-by-breakdown");
  const out = temporaryFolder();
  expect((await fairtrial(root, "report", "--out", out)).code).toBe(0);
  const page = readFileSync(join(out, "experiments", "checkout-v2.html"), "utf8");
  expect(page).toContain("Country");
  expect(page).toContain(">US<");
});

test("an attribute that the table does not list is no breakdown, and the key to add is named", async () => {
  const { code, stdout, stderr } = await fairtrial(shop(""), "validate");
  expect(code).toBe(1);
  expect(`${stdout}${stderr}`).toContain("breakdown/not-exposed");
  expect(`${stdout}${stderr}`).toContain("add `country` to `warehouse.perUnit.attributes`");
});
