import { describe, expect, test } from "vitest";
import { fairtrial } from "../command-line.ts";
import { type Files, openRepository } from "./repository.ts";
import { edited, SHOP } from "./shop.ts";

const BANNER = "experiments/banner.yaml";
const CONVERSION = "experiments/metrics/conversion.yaml";
const RUNNING = [
  "status: draft",
  "status: running\nowner: me\nhypothesis: It helps.\nremoveBy: 2027-06-01",
] as const;
const VARIANTS = SHOP[BANNER].slice(SHOP[BANNER].indexOf("variants:"), SHOP[BANNER].indexOf("metrics:"));

/** The shop with a running banner that assigns so. */
const banner = (allocation: string): Files => ({
  ...SHOP,
  [BANNER]: edited(BANNER, RUNNING, ["mde: 10%", "mde: 20%"], [VARIANTS, allocation]),
});

interface Change {
  readonly experiment: string;
  readonly movement: { readonly changed: number; readonly left: number } | null;
}

/** What the gate says about going from one banner to another. */
async function judge(before: Files, after: Files) {
  const { folder, write } = openRepository(before);
  write(after);
  const { code, stdout } = await fairtrial(folder, "plan", "--base", "main", "--format", "json");
  const result = JSON.parse(stdout) as {
    readonly diagnostics: readonly { readonly code: string; readonly severity: string }[];
    readonly change: { readonly experiments: readonly Change[] } | null;
  };
  const codes = result.diagnostics.filter(({ severity }) => severity === "error").map((found) => found.code);
  return {
    code,
    codes,
    movement: result.change?.experiments.find(({ experiment }) => experiment === "banner")?.movement,
  };
}

const PLANOUT = "hash: { planout: { experiment: Banner } }\n";
const arms = (...names: readonly string[]) =>
  `variants: { ${names.map((name) => `${name}: { weight: ${name === "control" ? "50%" : "25%"} }`).join(", ")} }\n`;

describe("the order of variants in the file", () => {
  test("means nothing under the native hash: nobody moves", async () => {
    const { code, codes } = await judge(
      banner(arms("control", '"1"', "small")),
      banner(arms("small", '"1"', "control")),
    );
    expect({ code, codes }).toEqual({ code: 0, codes: [] });
  });

  test.each([
    ["letters", ["control", "large", "small"], ["small", "large", "control"]],
    ["digits, which an object would put first", ["control", '"1"', '"0"'], ['"0"', '"1"', "control"]],
  ])("decides under PlanOut's, with keys of %s: refused, and most would move", async (_, before, after) => {
    const { code, codes, movement } = await judge(
      banner(PLANOUT + arms(...before)),
      banner(PLANOUT + arms(...after)),
    );
    expect({ code, codes }).toEqual({ code: 1, codes: ["change/variant-order"] });
    expect(movement?.changed).toBeGreaterThan(1_000);
  });
});

describe("what is frozen of an allocation", () => {
  const parameters = (more = "") =>
    `parameters:\n  headline: { uniformChoice: [plain, bold] }\n  steps: { uniformChoice: [3, 2, 1] }\n${more}`;
  test.each([
    [
      "a salt",
      PLANOUT + arms("control", "a", "b"),
      PLANOUT.replace("Banner", "Other") + arms("control", "a", "b"),
    ],
    ["the hash", arms("control", "a", "b"), PLANOUT + arms("control", "a", "b")],
    ["a value", parameters(), parameters().replace("bold", "huge")],
    ["the order of values", parameters(), parameters().replace("[plain, bold]", "[bold, plain]")],
    ["a parameter", parameters(), parameters("  colour: { bernoulliTrial: 10% }\n")],
    [
      "an operator",
      parameters(),
      parameters().replace("{ uniformChoice: [3, 2, 1] }", "{ randomInteger: { min: 1, max: 3 } }"),
    ],
    [
      "what is compared",
      parameters("analysis: { effects: main }\n"),
      parameters("analysis: { effects: cells }\n"),
    ],
  ])("%s", async (_, before, after) => {
    const { code, codes } = await judge(banner(before), banner(after));
    expect(code).toBe(1);
    expect(new Set(codes)).toEqual(new Set(["change/frozen"]));
  });

  test("the order of parameters is not", async () => {
    const swapped =
      "parameters:\n  steps: { uniformChoice: [3, 2, 1] }\n  headline: { uniformChoice: [plain, bold] }\n";
    expect(await judge(banner(parameters()), banner(swapped))).toMatchObject({ code: 0, codes: [] });
  });
});

describe("a variant", () => {
  const before = banner(arms("control", "large", "small"));
  const dropped = banner(
    arms("control", "large", "small").replace("small: { ", "small: { dropped: 2027-03-10, "),
  );

  test("can be dropped, which takes it from its units and moves nobody else", async () => {
    const { code, codes, movement } = await judge(before, dropped);
    expect({ code, codes }).toEqual({ code: 0, codes: [] });
    expect(movement).toMatchObject({ changed: 0 });
    expect(movement?.left).toBeGreaterThan(500);
  });

  test("can be dropped while other files are broken", async () => {
    const broken = { [CONVERSION]: "kind: [" };
    const { folder, write } = openRepository({ ...before, ...broken });
    write({ [BANNER]: dropped[BANNER]! });
    const { code, stdout } = await fairtrial(folder, "plan", "--base", "main");
    expect(stdout).toContain("do not keep it from passing");
    expect(code).toBe(0);
  });

  test.each([
    ["its weight", "weight: 25%", "weight: 24%"],
    ["another variant's params", "large: { ", "large: { params: { a: 1 }, "],
  ])("cannot be dropped with %s then", async (_, found, replacement) => {
    const { folder, write } = openRepository({ ...before, [CONVERSION]: "kind: [" });
    write({ [BANNER]: dropped[BANNER]!.replace(found, replacement) });
    expect((await fairtrial(folder, "plan", "--base", "main")).code).toBe(1);
  });

  test("cannot come back", async () => {
    expect(await judge(dropped, before)).toMatchObject({ code: 1, codes: ["change/undropped"] });
  });

  test("may have been dropped on another day", async () => {
    const other = banner(
      arms("control", "large", "small").replace("small: { ", "small: { dropped: 2027-03-11, "),
    );
    expect(await judge(dropped, other)).toMatchObject({ code: 0, codes: [] });
  });
});
