import { expect, test } from "vitest";
import { compileSample, summaries } from "./sample-files.ts";

const DRAFT = ["status: running", "status: draft"] as const;

test.each([
  ["plan/too-long", ["mde: 5%", "mde: 1%"]],
  ["plan/past-end", ["end: 2026-11-29", "end: 2026-11-14"]],
  ["plan/no-traffic", ["audience: shoppers", "audience: shoppers\nrollout: 0%"]],
  ["mde/missing", ["mde: 5%\n", ""]],
] as const)("%s is an error when running and a warning before", (code, change) => {
  const running = compileSample({ "one-page.yaml": [change] });
  const draft = compileSample({ "one-page.yaml": [change, DRAFT] });
  expect(running.diagnostics).toMatchObject([{ code, severity: "error" }]);
  expect(draft.diagnostics).toMatchObject([{ code, severity: "warning" }]);
});

test.each(["stopped", "concluded"])("nothing is planned for what is %s", (status) => {
  const { diagnostics } = compileSample({
    "one-page.yaml": [
      ["status: running", `status: ${status}`],
      ["mde: 5%", "mde: 0.1%"],
      ["end: 2026-11-29", "end: 2026-11-03"],
    ],
    "project.yaml": [["newPerDay: 18000", "newPerDay: 1"]],
    "refactor.yaml": null,
  });
  expect(diagnostics.map(({ code }) => code)).toEqual(status === "concluded" ? ["decision/missing"] : []);
});

test("the metric that binds is named where its margin is written", () => {
  const compilation = compileSample({ "one-page.yaml": [["absolute: 0.5%", "absolute: 0.1%"]] });
  expect(summaries(compilation)).toEqual(["plan/too-long @ one-page.yaml: { absolute: 0.1% }"]);
  expect(compilation.diagnostics[0]?.args).toMatchObject({ metric: "errors" });
});

test("a ramp may begin with fewer units than the plan needs, if the whole would be soon enough", () => {
  const ramp = (rollout: string, mde = "5%") =>
    compileSample({
      "one-page.yaml": [
        ["audience: shoppers", `audience: shoppers\nrollout: ${rollout}`],
        ["mde: 5%", `mde: ${mde}`],
      ],
    }).diagnostics.map(({ code, severity }) => `${code} ${severity}`);
  expect(ramp("1%")).toEqual(["plan/too-long warning"]);
  expect(ramp("30%")).toEqual(["plan/past-end warning"]);
  expect(ramp("100%")).toEqual([]);
  expect(ramp("50%", "1%")).toEqual(["plan/too-long error"]);
});

test("the end that is proposed is the first that is late enough", () => {
  const early = compileSample({ "one-page.yaml": [["end: 2026-11-29", "end: 2026-11-14"]] });
  const end = early.diagnostics[0]?.fixes[0]?.edits[0]?.text;
  expect(end).toBe("2026-11-15");
  expect(summaries(compileSample({ "one-page.yaml": [["end: 2026-11-29", `end: ${end}`]] }))).toEqual([]);
});

test("what the longest run finds can be found", () => {
  const long = compileSample({ "one-page.yaml": [["mde: 5%", "mde: 1%"]] });
  const reachable = String(long.diagnostics[0]?.args.reachable).match(/([\d.]+)%/)?.[1];
  const within = (Math.ceil(Number(reachable) * 1000) / 1000).toFixed(4);
  const beyond = (Number(within) * 0.97).toFixed(4);
  const find = (mde: string) =>
    summaries(
      compileSample({
        "one-page.yaml": [
          ["mde: 5%", `mde: ${mde}%`],
          ["end: 2026-11-29", "end: 2027-01-15"],
        ],
      }),
    );
  expect(find(within)).toEqual([]);
  expect(find(beyond)).toEqual([`plan/too-long @ one-page.yaml: ${beyond}%`]);
});

test("an experiment that misses several things names them together", () => {
  const { diagnostics } = compileSample({
    "one-page.yaml": [
      ["owner: team-checkout\n", ""],
      ["removeBy: 2027-02-01\n", ""],
    ],
  });
  expect(diagnostics[0]?.args).toEqual({ missing: ["owner", "removeBy"] });
});

test("no end is proposed that no calendar has", () => {
  const { diagnostics } = compileSample({
    "one-page.yaml": [
      ["mde: 5%", "mde: 5%\nanalysis: { maxDays: 4000000000000 }"],
      ["newPerDay: 9000", "newPerDay: 0.0001"],
    ],
  });
  expect(diagnostics).toMatchObject([{ code: "plan/past-end", fixes: [] }]);
});

test("an absolute size is said on the metric's scale", () => {
  const { diagnostics } = compileSample({ "one-page.yaml": [["absolute: 0.5%", "absolute: 0.1%"]] });
  expect(diagnostics[0]?.args).toMatchObject({ effect: "a margin of 0.1% (absolute)" });
});
