import { describe, expect, test } from "vitest";
import { overlay } from "../../../src/integrations/live/overlay.ts";
import { assign, load, type ManifestExperiment } from "../../../src/runtime/index.ts";
import { experimentEntry } from "../experiment-entry.ts";

const compiled = load(experimentEntry());
const units = Array.from({ length: 400 }, (_, index) => ({ userId: `u-${index}` }));

function arms(entry: ManifestExperiment) {
  const { experiment } = overlay(compiled, entry);
  return units.map((unit) => assign(experiment, unit));
}

const before = units.map((unit) => assign(compiled, unit));

describe("a live entry", () => {
  test("that says what the code says changes nobody's arm, and gives the compiled arms themselves", () => {
    expect(arms(experimentEntry())).toEqual(before);
    expect(arms(experimentEntry())[0]).toBe(before[0]);
  });

  test("stops an experiment", () => {
    for (const status of ["stopped", "draft"] as const)
      expect(new Set(arms(experimentEntry({ status })).map(({ reason }) => reason))).toEqual(
        new Set(["not-running"]),
      );
  });

  test("starts what was compiled as stopped", () => {
    const stopped = load(experimentEntry({ status: "stopped" }));
    const { experiment } = overlay(stopped, experimentEntry());
    expect(units.map((unit) => assign(experiment, unit))).toEqual(before);
  });

  test("narrows the rollout, and moves nobody who stays", () => {
    const layer = { ...experimentEntry().layer, enrolledTo: 300_000 };
    const after = arms(experimentEntry({ layer }));
    const staying = after.filter(({ variant }) => variant !== null).length;
    expect(staying / units.length).toBeCloseTo(0.3, 1);
    after.forEach((arm, index) => {
      if (arm.variant === null)
        expect(arm).toMatchObject({ reason: "not-in-traffic", params: { colour: "red" } });
      else expect(arm).toBe(before[index]);
    });
  });

  test("holds units out, asks for an audience, forces variants", () => {
    const holdout = { salt: "holdout/q4", share: 1_000_000 };
    expect(arms(experimentEntry({ holdout }))[0]!.reason).toBe("holdout");
    const audience = { kind: "one-of", attribute: "country", values: ["US"] } as const;
    expect(arms(experimentEntry({ audience }))[0]!.reason).toBe("not-in-audience");
    const when = { kind: "one-of", attribute: "userId", values: ["u-0"] } as const;
    const forced = arms(experimentEntry({ overrides: [{ variant: "green", when }] }));
    expect(forced[0]).toMatchObject({ variant: "green", reason: "override" });
    expect(forced[1]).toBe(before[1]);
  });

  test("drops a variant: its units get none, the others stay", () => {
    const [control, green] = experimentEntry().variants;
    const after = arms(experimentEntry({ variants: [control!, { ...green!, dropped: true }] }));
    after.forEach((arm, index) => {
      if (before[index]!.variant === "control") expect(arm).toBe(before[index]);
      else expect(arm).toMatchObject({ variant: null, reason: "dropped", params: { colour: "red" } });
    });
  });

  test("that is concluded gives everybody the compiled arm of an override, and logs nothing by itself", () => {
    const { experiment, differences } = overlay(
      compiled,
      experimentEntry({ status: "concluded", shipped: "green", iteration: 7 }),
    );
    expect(differences).toEqual([]);
    expect(experiment.exposure).toBe("explicit");
    for (const unit of [...units, {}]) {
      const arm = assign(experiment, unit);
      expect(arm).toBe(compiled.settled.find(({ variant }) => variant === "green"));
      expect(arm.reason).toBe("override");
    }
  });

  test("changes nothing of what is compiled as concluded", () => {
    const shipped = load(experimentEntry({ status: "concluded", shipped: "green" }));
    for (const entry of [experimentEntry(), experimentEntry({ status: "stopped" })])
      expect(overlay(shipped, entry).experiment).toBe(shipped);
  });

  test("cannot have exposures carry more attributes than the code says", () => {
    const { experiment } = overlay(
      compiled,
      experimentEntry({ attributes: ["email"], exposure: "explicit" }),
    );
    expect(experiment).toMatchObject({ attributes: [], exposure: "assignment" });
  });
});

describe("an entry that draws otherwise", () => {
  const { variants, draw } = experimentEntry();
  const [control, green] = variants;
  const cases: readonly (readonly [string, string[], Partial<ManifestExperiment>])[] = [
    ["another iteration", ["iteration"], { iteration: 2 }],
    [
      "other shares",
      ["variants"],
      {
        variants: [
          { ...control!, share: 400_000 },
          { ...green!, share: 600_000 },
        ],
      },
    ],
    ["other params", ["variants"], { variants: [control!, { ...green!, params: { colour: "blue" } }] }],
    ["another salt", ["draw"], { draw: { ...draw, hash: "other" } as typeof draw }],
    [
      "PlanOut's hash",
      ["draw"],
      { draw: { ...draw, hash: { planout: { base: "a.b.", units: ["userId"] } } } as typeof draw },
    ],
    ["another unit", ["unit"], { unit: { key: "org", id: "orgId" } }],
    [
      "a third variant",
      ["variants"],
      {
        variants: [{ ...control!, share: 0 }, green!, { key: "blue", share: 500_000, params: {} }],
        draw: { ...draw, order: ["control", "green", "blue"] } as typeof draw,
      },
    ],
  ];

  test.each(cases)("is not followed: %s", (_, differences, changes) => {
    expect(overlay(compiled, experimentEntry(changes))).toEqual({ experiment: compiled, differences });
  });

  test("still stops the experiment, unless it is of other units", () => {
    const stopped = overlay(compiled, experimentEntry({ iteration: 2, status: "stopped" }));
    expect(stopped.differences).toEqual(["iteration"]);
    expect(assign(stopped.experiment, { userId: "u-1" }).reason).toBe("not-running");
    const other = experimentEntry({ unit: { key: "org", id: "orgId" }, status: "stopped" });
    expect(overlay(compiled, other).experiment).toBe(compiled);
  });

  test.each(["weightedChoice", "uniformChoice", "bernoulliTrial"] as const)(
    "is told from PlanOut's %s with the same hash",
    (operator) => {
      const planout = (base: string) =>
        experimentEntry({
          draw: {
            kind: "variants",
            operator,
            hash: { planout: { base, units: ["userId"] } },
            order: ["control", "green"],
          },
        });
      const own = load(planout("Buttons.colour."));
      expect(overlay(own, planout("Buttons.colour.")).differences).toEqual([]);
      expect(overlay(own, planout("Buttons.color.")).differences).toEqual(["draw"]);
      expect(overlay(own, experimentEntry()).differences).toEqual(["draw"]);
    },
  );
});
