import { expect, test } from "vitest";
import { textOf } from "../../../src/report/html.ts";
import { provenanceSection } from "../../../src/report/page/provenance-section.ts";
import type { Analysis } from "../../../src/verdict/generated/analysis.ts";
import { keepRunning } from "./samples.ts";

/** The first command that reproduces an analysis. */
function commandOf(analysis: Analysis): string | undefined {
  return /fairtrial analyze .+/.exec(textOf(provenanceSection(analysis)))?.[0].replace("</code></pre>", "");
}

const base: Analysis = {
  ...keepRunning,
  experiment: "banner",
  commit: "abc123",
  asOf: "2026-11-20T12:00:00Z",
};

test("an analysis of all units of the first iteration is reproduced by its plan and its instant", () => {
  expect(commandOf(base)).toBe(
    "fairtrial analyze banner --spec abc123 --as-of 2026-11-20T12:00:00Z --format json",
  );
});

test.each([
  [{ from: "2026-11-03", to: "2026-11-09" }, " --from 2026-11-03 --to 2026-11-09"],
  [{ from: "2026-11-03", to: null }, " --from 2026-11-03"],
  [{ from: null, to: "2026-11-09" }, " --to 2026-11-09"],
])("an analysis of some days of a later iteration asks for them: %j", (exposedOn, days) => {
  const analysis = { ...base, iteration: 2, design: { ...base.design, exposedOn } };
  expect(commandOf(analysis)).toBe(
    `fairtrial analyze banner --spec abc123 --iteration 2 --as-of 2026-11-20T12:00:00Z${days} --format json`,
  );
});
