import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { overlay } from "../../../src/integrations/live/overlay.ts";
import { readManifest } from "../../../src/integrations/live/read-manifest.ts";
import {
  type Arm,
  assign,
  checkManifest,
  type Experiment,
  load,
  type Manifest,
  type ManifestExperiment,
} from "../../../src/runtime/index.ts";
import { fairtrial, workedExample } from "../../command-line.ts";
import { conditions, contexts } from "../../unit/emit/arbitrary-conditions.ts";
import { compileGenerated, emitted, textOf } from "../../unit/emit/generated.ts";
import { experiment, GREEN_BUTTON, ONE_PAGE_CHECKOUT, shop } from "../../unit/emit/shop.ts";
import { DOSE, experimentEntry, FACTORIAL, TRIAL } from "../experiment-entry.ts";
import { manifestOf } from "./manifests.ts";

const share = fc.oneof(fc.constantFrom(0, 1_000_000), fc.integer({ min: 0, max: 1_000_000 }));

/** An experiment of any operator, on any part of its layer, with any holdout, audience, override and dropping. */
const entries: fc.Arbitrary<ManifestExperiment> = fc
  .record({
    base: fc.constantFrom(experimentEntry(), FACTORIAL, DOSE, TRIAL),
    status: fc.constantFrom("draft" as const, "running" as const, "running" as const, "stopped" as const),
    ends: fc.tuple(share, share, share),
    holdout: fc.option(share),
    audience: fc.option(conditions),
    when: fc.option(conditions),
    drops: fc.boolean(),
  })
  .map(({ base, status, ends, holdout, audience, when, drops }) => {
    const [from, enrolledTo, to] = ends.sort((a, b) => a - b) as [number, number, number];
    return {
      ...base,
      status,
      audience,
      layer: { ...base.layer, from, enrolledTo, to },
      holdout: holdout === null ? null : { salt: "holdout", share: holdout },
      overrides: when ? [{ variant: base.control, when }] : [],
      variants: base.variants.map((variant) =>
        drops && variant.key !== base.control ? { ...variant, dropped: true as const } : variant,
      ),
    };
  });

/** What a unit gets, as a value. */
const given = ({ variant, params, reason }: Arm) => ({ variant, params, reason });

describe("a live manifest", () => {
  test("assigns as the code does where it says what the code says", () => {
    fc.assert(
      fc.property(entries, fc.array(contexts, { minLength: 20, maxLength: 40 }), (entry, asked) => {
        fc.pre(checkManifest(manifestOf(entry)).manifest !== null);
        const compiled = load(entry);
        const { experiment: live, differences } = overlay(compiled, entry);
        expect(differences).toEqual([]);
        for (const context of asked) expect(assign(live, context)).toEqual(assign(compiled, context));
      }),
      { numRuns: 300 },
    );
  });

  test("moves no unit from one variant to another, whatever it says", () => {
    let compared = 0;
    const running = entries.map((entry) => ({ ...entry, status: "running" as const, audience: null }));
    const ids = fc.array(fc.string({ minLength: 1 }), { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(running, running, ids, (before, after, units) => {
        const compiled = load(before);
        const { experiment: live } = overlay(compiled, after);
        for (const userId of units) {
          const arm = assign(live, { userId, orgId: "o" });
          const old = assign(compiled, { userId, orgId: "o" });
          if (arm.reason !== "assigned" || old.reason !== "assigned") continue;
          compared++;
          expect(arm.variant).toBe(old.variant);
        }
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(300);
  });
});

describe("what build writes", () => {
  const audience = { kind: "contains", attribute: "flags", value: "beta" } as const;
  const project = shop([
    ONE_PAGE_CHECKOUT,
    GREEN_BUTTON,
    experiment("search", { audience }),
    experiment("stopped", { status: "stopped" }),
  ]);
  const files = emitted(project);
  const text = textOf(files, "manifest.json");

  test("is read, and its hash is right", async () => {
    const manifest = JSON.parse(text);
    expect(await readManifest(text)).toEqual({ manifest, problems: [] });
  });

  test("is read for the worked example", async () => {
    const folder = workedExample();
    expect(await fairtrial(folder, "build")).toMatchObject({ code: 0 });
    const written = readFileSync(join(folder, "generated", "manifest.json"), "utf8");
    const { manifest, problems } = await readManifest(written);
    expect(problems).toEqual([]);
    expect(manifest?.experiments.length).toBeGreaterThan(3);
    for (const entry of manifest!.experiments) expect(load(entry).key).toBe(entry.key);
  });

  test("is what the emitted constants are, and gives their own arms", async () => {
    const compiled = compileGenerated(files);
    const index = (await compiled.load("index.js")) as Record<string, unknown>;
    const constants = new Map(
      Object.values(index)
        .filter(
          (value): value is Experiment => typeof value === "object" && value !== null && "settled" in value,
        )
        .map((constant) => [constant.key, constant]),
    );
    const { experiments } = JSON.parse(text) as Manifest;
    expect([...constants.keys()].sort()).toEqual(experiments.map(({ key }) => key));
    for (const entry of experiments) {
      const constant = constants.get(entry.key)!;
      const { experiment: live, differences } = overlay(constant, entry);
      expect(differences).toEqual([]);
      for (let index = 0; index < 300; index++) {
        const context = {
          userId: `u-${index}`,
          country: "US",
          plan: "pro",
          appVersion: "5.0.0",
          flags: ["beta"],
        };
        expect(given(assign(live, context as never))).toEqual(given(assign(constant, context as never)));
        expect(assign(live, context as never)).toBe(assign(constant, context as never));
      }
    }
  });
});
