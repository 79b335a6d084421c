import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { IMPLEMENTED_TABLES } from "./implemented-tables.ts";
import { DISTRIBUTION_FREE } from "./methods/distribution-free.ts";
import { MEANS } from "./methods/means.ts";
import type { Answers, Method } from "./methods/method.ts";
import { PROPORTIONS } from "./methods/proportions.ts";
import { SEQUENTIAL } from "./methods/sequential.ts";

const FILE = new URL("../../../shared/reference/statistics-cases.json", import.meta.url);

const IMPLEMENTED: Readonly<Record<string, Method>> = {
  ...PROPORTIONS,
  ...MEANS,
  ...SEQUENTIAL,
  ...DISTRIBUTION_FREE,
};

interface Reference {
  readonly relTol: number;
  readonly cases?: readonly { readonly input: never; readonly expected: Answers }[];
  readonly rows?: readonly (number | string)[][];
}

if (existsSync(FILE)) {
  const references: Readonly<Record<string, Reference>> = JSON.parse(readFileSync(FILE, "utf8"));
  const methods = Object.entries(references).filter(([, { cases, rows }]) => cases ?? rows);

  test("every method of the reference is implemented, and only once", () => {
    const known = [...Object.keys(IMPLEMENTED), ...Object.keys(IMPLEMENTED_TABLES)];
    expect(methods.map(([name]) => name).sort()).toEqual(known.sort());
  });

  for (const [name, { relTol, cases, rows }] of methods) {
    const method = IMPLEMENTED[name];
    const table = IMPLEMENTED_TABLES[name];
    if (method !== undefined && cases !== undefined) {
      describe(name, () => {
        test.each(cases)("$input", ({ input, expected }) => {
          const answers = method.answer(input, expected);
          const asked = Object.keys(expected).filter((key) => !(key in (method.omits ?? {})));
          expect(Object.keys(answers).sort()).toEqual(expect.arrayContaining(asked.sort()));
          for (const key of asked) expectClose(answers[key], expected[key], relTol, key);
        });
      });
    }
    if (table !== undefined && rows !== undefined) {
      test(name, () => {
        for (const row of rows) {
          const inputs = row.slice(0, table.inputs).map(Number);
          table.answer(...inputs).forEach((answer, column) => {
            const expected = Number(row[table.inputs + column]);
            if (Math.abs(expected) < (table.smallest ?? 0)) return;
            expectClose(answer, expected, relTol, `${name}(${inputs}) ${column}`);
          });
        }
      });
    }
  }
} else {
  console.warn(`the reference cases are skipped: there is no ${FILE.pathname}`);
  test.skip("reference cases", () => {});
}

/** Relative; where 0 or 1 is exact, the reference allows 1e-15. */
function expectClose(answer: unknown, expected: unknown, relTol: number, label: string): void {
  if (Array.isArray(expected)) {
    const answers = answer as readonly unknown[];
    expect(answers.length, label).toBe(expected.length);
    expected.forEach((value, index) => {
      expectClose(answers[index], value, relTol, `${label}[${index}]`);
    });
  } else if (typeof expected === "object" && expected !== null) {
    const answers = answer as Answers;
    expect(Object.keys(answers).sort(), label).toEqual(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected))
      expectClose(answers[key], value, relTol, `${label}.${key}`);
  } else if (typeof expected === "number") {
    expect(answer, label).toBeTypeOf("number");
    const error = Math.abs((answer as number) - expected);
    expect(error, `${label}: ${answer}, expected ${expected}`).toBeLessThanOrEqual(
      Math.max(relTol * Math.abs(expected), 1e-15 * Number(expected === 0)),
    );
  } else {
    expect(answer, label).toBe(expected);
  }
}
