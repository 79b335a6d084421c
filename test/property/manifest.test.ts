import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { armsOf } from "../../src/runtime/cell.ts";
import { assign, checkManifest, load, type ManifestExperiment } from "../../src/runtime/index.ts";
import { DOSE, experimentEntry, FACTORIAL, TRIAL } from "../integrations/experiment-entry.ts";
import { manifestOf } from "../integrations/live/manifests.ts";
import { conditions, contexts } from "../unit/emit/arbitrary-conditions.ts";

const variants = experimentEntry();
const good = manifestOf(variants, FACTORIAL, DOSE, TRIAL);

/** A copy of JSON with one node, counted in order, replaced, or taken away. */
function change(value: unknown, at: number, make: (old: unknown) => unknown): unknown {
  let left = at;
  const walk = (node: unknown): unknown => {
    if (left-- === 0) return make(node);
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, walk(member)]));
  };
  return walk(value);
}

/** Loads what was accepted and asks it of contexts: every answer is one of its arms. */
function use(experiments: readonly ManifestExperiment[], asked: readonly unknown[]): void {
  for (const entry of experiments) {
    const experiment = load(entry);
    const declared = new Set<string | null>([null, ...armsOf(entry).map(({ key }) => key)]);
    const isOpen = entry.variants.length === 0;
    for (const context of asked) {
      const { variant, params, reason } = assign(experiment, context as never);
      if (isOpen && reason === "assigned") expect(typeof variant).toBe("string");
      else expect(declared).toContain(variant);
      expect(typeof params).toBe("object");
    }
  }
}

const plain = [...Array(32).keys()].map((index) => ({ userId: `u-${index}`, orgId: `o-${index % 3}` }));

describe("a manifest of unknown origin", () => {
  test("is accepted where it can be loaded", () => {
    expect(checkManifest(good)).toEqual({ manifest: good, problems: [] });
    use(good.experiments, plain);
  });

  test("is refused with bounded words, whatever JSON it is", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const { manifest, problems } = checkManifest(value);
        expect(manifest).toBeNull();
        expect(problems.length).toBeGreaterThan(0);
        expect(problems.length).toBeLessThanOrEqual(20);
      }),
    );
  });

  test("gives every unit a declared arm where it is accepted, whatever was changed in it", () => {
    let accepted = 0;
    const values = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom<unknown>(undefined, null, 0, 1, 500_000, 1_000_000, "", "green"),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom<unknown>("control", "__proto__", "constructor", [], {}, "stopped"),
      },
      { weight: 1, arbitrary: fc.jsonValue() },
      { weight: 1, arbitrary: conditions },
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(220), values), { minLength: 1, maxLength: 3 }),
        fc.array(contexts, { minLength: 1, maxLength: 8 }),
        (changes, asked) => {
          let changed: unknown = good;
          for (const [at, value] of changes) changed = change(changed, at, () => value);
          const { manifest } = checkManifest(changed);
          if (!manifest) return;
          accepted++;
          use(manifest.experiments, [...plain, ...asked, null, 5, { userId: 5 }]);
        },
      ),
      { numRuns: 1_000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  test("is refused where any one member is missing or of another type", () => {
    const passed: string[] = [];
    for (let at = 0, isThere = true; isThere; at++) {
      isThere = false;
      let replaced: unknown;
      const changed = change(good, at, (old) => {
        isThere = true;
        replaced = old;
        return Symbol("not JSON");
      });
      if (isThere && checkManifest(changed).manifest) passed.push(JSON.stringify(replaced));
    }
    expect(passed).toEqual([]);
  });
});

describe("an experiment of a manifest", () => {
  const faulty = (changes: object, of = variants) =>
    checkManifest({ ...good, experiments: [{ ...of, ...changes }] }).problems;
  const [control, green] = variants.variants;
  const { layer, draw } = variants;
  let deep: unknown = { kind: "present", attribute: "a", type: "string" };
  for (let level = 0; level < 20_000; level++) deep = { kind: "not", condition: deep };
  let nested: unknown = 1;
  for (let level = 0; level < 20_000; level++) nested = [nested];

  test.each<[string, object, string]>([
    ["shares below the whole", { variants: [control, { ...green, share: 1 }] }, "variants"],
    ["a share that is no integer", { variants: [{ ...control, share: 0.5 }, green] }, "variants[0].share"],
    ["a variant twice", { variants: [control, control] }, "variants"],
    ["a dropped control", { variants: [{ ...control, dropped: true }, green] }, "control"],
    ["dropped that is false", { variants: [control, { ...green, dropped: false }] }, "variants[1].dropped"],
    ["an order with a stranger", { draw: { ...draw, order: ["control", "blue"] } }, "draw.order"],
    ["an order with a repetition", { draw: { ...draw, order: ["control", "control"] } }, "draw.order"],
    ["an order that lacks one", { draw: { ...draw, order: ["control"] } }, "draw.order"],
    ["no such control", { control: "blue" }, "control"],
    ["no such default", { default: "toString" }, "default"],
    ["no such shipped variant", { status: "concluded", shipped: "blue" }, "shipped"],
    ["a shipped variant of what runs", { shipped: "green" }, "shipped"],
    [
      "an override to nothing",
      { overrides: [{ variant: "blue", when: { kind: "all", conditions: [] } }] },
      "overrides[0].variant",
    ],
    ["a layer backwards", { layer: { ...layer, from: 2, enrolledTo: 1 } }, "layer"],
    ["more enrolled than owned", { layer: { ...layer, to: 10, enrolledTo: 11 } }, "layer"],
    ["a share beyond the whole", { holdout: { salt: "x", share: 1_000_001 } }, "holdout.share"],
    ["iteration 0", { iteration: 0 }, "iteration"],
    ["a unit of a prototype", { unit: { key: "user", id: "__proto__" } }, "unit.id"],
    ["an unknown condition", { audience: { kind: "constructor" } }, "audience.kind"],
    [
      "an unknown range",
      { audience: { kind: "semver", attribute: "a", range: "about 4" } },
      "audience.range",
    ],
    [
      "a pattern that is none",
      { audience: { kind: "matches", attribute: "a", pattern: "(" } },
      "audience.pattern",
    ],
    ["a condition too deep", { audience: deep }, "audience"],
    ["params too deep", { variants: [control, { ...green, params: { nested } }] }, "variants[1].params"],
  ])("is refused: %s", (_, changes, path) => {
    expect(faulty(changes)[0]).toMatch(`experiments[0].${path}: expected`);
  });

  test("is refused where its parameters do not make its variants", () => {
    const [, second, third, fourth] = FACTORIAL.variants;
    const three = [{ ...second!, share: 500_000 }, third, fourth];
    const named = { variants: three, control: second!.key, default: second!.key };
    expect(faulty(named, FACTORIAL)).toEqual([
      "experiments[0].variants: expected one per combination of values, or none beyond 1000",
    ]);
    const range = { kind: "randomInteger", min: 5, max: 4 };
    const made = { kind: "parameters", parameters: [{ name: "price", operator: range, hash: "d" }] };
    expect(faulty({ draw: made }, DOSE).join()).toMatch("draw.parameters[0].operator");
  });

  test("stands once in a manifest", () => {
    expect(checkManifest(manifestOf(variants, variants)).problems).toEqual([
      "experiments: expected each key once",
    ]);
  });
});
