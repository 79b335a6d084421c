import { describe, expect, test } from "vitest";
import { manifestEntry } from "../../../src/model/manifest.ts";
import { assign } from "../../../src/runtime/assign.ts";
import { load } from "../../../src/runtime/load.ts";
import * as planOut from "../../../src/runtime/planout.ts";
import { compileSample } from "../check/sample-files.ts";

/** The running experiment of a file that says this beside what every experiment says. */
function running(allocation: string) {
  const { project, diagnostics } = compileSample({
    "moved.yaml": `name: Moved
owner: me
hypothesis: It helps.
status: running
start: 2027-03-01
end: 2027-03-28
removeBy: 2027-08-01
unit: org
metrics: { primary: basket }
mde: 50%
planning: { newPerDay: 90000 }
${allocation}`,
  });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.map(({ code, args }) => [code, args])).toEqual([]);
  const experiment = project!.experiments.find(({ key }) => key === "moved")!;
  return { experiment, entry: manifestEntry(experiment, project!) };
}

const ORGS = Array.from({ length: 2_000 }, (_, index) => `org-${index}`);

describe("a class moves over from PlanOut without moving a unit", () => {
  test("WeightedChoice(choices=['1', '0', 'b'], weights=[.2, .3, .5], unit=org), in the order of the file", () => {
    const { entry } = running(`control: "0"
hash: { planout: { experiment: ShowPlugins } }
variants: { "1": { weight: 20% }, "0": { weight: 30% }, b: { weight: 50% } }
`);
    const experiment = load(entry);
    const base = planOut.base({ experiment: "ShowPlugins", parameter: "variant" });
    for (const orgId of ORGS)
      expect(assign(experiment, { orgId }).variant).toBe(
        planOut.weightedChoice(base, orgId, ["1", "0", "b"], [0.2, 0.3, 0.5]),
      );
  });

  test("BernoulliTrial(p=.1), whose 1 is the treatment wherever it stands", () => {
    const { entry } = running(`assign: bernoulliTrial
hash: { planout: { fullSalt: nav } }
variants: { compact: { weight: 10% }, control: { weight: 90% } }
`);
    const experiment = load(entry);
    for (const orgId of ORGS)
      expect(assign(experiment, { orgId }).variant === "compact").toBe(
        planOut.bernoulliTrial(planOut.base({ fullSalt: "nav" }), orgId, 0.1) === 1,
      );
  });

  test("parameters, each with its own salt, operator and units", () => {
    const { entry } = running(`hash: { planout: { experiment: Form, units: [org, user] } }
parameters:
  steps: { randomInteger: { min: 5, max: 9 }, hash: { planout: { parameter: n_steps } } }
  colour: { uniformChoice: [red, blue, green] }
  badge: { bernoulliTrial: 25%, hash: { planout: { fullSalt: badge, units: [org] } } }
`);
    const experiment = load(entry);
    const named = (parameter: string) => planOut.base({ experiment: "Form", parameter });
    for (const orgId of ORGS) {
      const unit = [orgId, "u-1"];
      expect(assign(experiment, { orgId, userId: "u-1" }).params).toEqual({
        badge: planOut.bernoulliTrial(planOut.base({ fullSalt: "badge" }), [orgId], 0.25),
        colour: planOut.uniformChoice(named("colour"), unit, ["red", "blue", "green"]),
        steps: planOut.randomInteger(named("n_steps"), unit, 5, 9),
      });
    }
    expect(assign(experiment, { orgId: "org-1" })).toMatchObject({ variant: null, reason: "no-unit" });
  });
});

describe("cells", () => {
  test("are all combinations, with exact shares and names that can be told apart", () => {
    const { experiment } = running(`parameters:
  size: { weightedChoice: [{ value: 3, weight: 33.3333% }, { value: "3", weight: 66.6667% }] }
  label: { uniformChoice: [plain, "a,b=c", "true", ""] }
`);
    expect(experiment.control).toBe("label=plain,size=3");
    expect(experiment.variants.map(({ key, share }) => [key, share])).toEqual([
      ["label=plain,size=3", 83_333],
      ['label=plain,size="3"', 166_667],
      ['label="a,b=c",size=3', 83_333],
      ['label="a,b=c",size="3"', 166_667],
      ['label="true",size=3', 83_333],
      ['label="true",size="3"', 166_667],
      ['label="",size=3', 83_333],
      ['label="",size="3"', 166_667],
    ]);
  });

  test("fill their shares, and the parameters are drawn independently", () => {
    const { entry, experiment } = running(
      "parameters: { a: { uniformChoice: [1, 2] }, b: { uniformChoice: [1, 2, 3] } }\n",
    );
    const loaded = load(entry);
    const given = Array.from(
      { length: 30_000 },
      (_, index) => assign(loaded, { orgId: `o${index}` }).variant,
    );
    for (const { key, share } of experiment.variants) {
      const expected = (30_000 * share) / 1_000_000;
      const observed = given.filter((variant) => variant === key).length;
      expect(Math.abs(observed - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
  });
});
