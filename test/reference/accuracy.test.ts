import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { IMPLEMENTED_TABLES } from "./implemented-tables.ts";

const points: Readonly<Record<string, readonly (readonly (string | number)[])[]>> = JSON.parse(
  readFileSync(new URL("./accuracy-points.json", import.meta.url), "utf8"),
);

test.each(Object.keys(points))("%s is right to 1e-10 wherever the truth is known", (name) => {
  const table = IMPLEMENTED_TABLES[`dist_${name}`]!;
  for (const row of points[name]!) {
    const answers = table.answer(...row.slice(0, table.inputs).map(Number));
    answers.forEach((answer, column) => {
      const truth = Number(row[table.inputs + column]);
      const error = Math.abs(answer - truth) / Math.abs(truth);
      expect(error, `${name}(${row}) ${answer}`).toBeLessThanOrEqual(1e-10);
    });
  }
});
