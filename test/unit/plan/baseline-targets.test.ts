import { expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { measureTargets } from "../../../src/plan/baseline-targets.ts";

const draft = (unit: string, primary: string, more = "") =>
  `name: An experiment\nstatus: draft\nunit: ${unit}\nvariants: { control: {}, new: {} }\nmetrics: { primary: ${primary} }\nmde: 5%\n${more}`;

function targetsOf(experiments: Readonly<Record<string, string>>) {
  const { project } = compile([
    {
      path: "experiments/project.yaml",
      text: `name: shop
units: { user: { id: userId, newPerDay: 18000 }, org: { id: orgId, newPerDay: 900 } }
events:
  purchase: { units: [user, org], properties: { amount: number } }
  seen: { units: [user], properties: { page: string } }
`,
    },
    {
      path: "experiments/metrics/orders.yaml",
      text: "kind: count\nname: Orders per user\nbetter: higher\nevent: purchase\nper: user\n",
    },
    {
      path: "experiments/metrics/p95.yaml",
      text: "kind: quantile\nname: P95\nbetter: lower\nevent: purchase\nvalue: amount\nquantile: 95%\n",
    },
    {
      path: "experiments/metrics/buyers.yaml",
      text: "kind: funnel\nname: Buyers\nbetter: higher\nsteps: [seen, purchase]\nwindow: 24h\n",
    },
    ...Object.entries(experiments).map(([key, text]) => ({ path: `experiments/${key}.yaml`, text })),
  ]);
  const { baselines, hidden, shared, volumes } = measureTargets(project!, []);
  return {
    baselines: baselines.map(({ entry, metric, unit, writable }) => [metric.key, unit.key, entry, writable]),
    volumes: volumes.map(({ entry, unit }) => [unit.key, entry]),
    hidden: hidden.map(({ key }) => key),
    shared: shared.map(({ metric }) => metric.key),
  };
}

test("a metric of members is measured over members, whoever is randomised", () => {
  expect(targetsOf({ orgs: draft("org", "orders"), users: draft("user", "orders") })).toEqual({
    baselines: [["orders", "user", null, true]],
    volumes: [
      ["org", null],
      ["user", null],
    ],
    hidden: [],
    shared: [],
  });
});

test("quantiles and funnels are measured as the other kinds are", () => {
  const pages = draft("user", "p95").replace("p95 }", "p95, secondary: [buyers] }");
  expect(targetsOf({ pages }).baselines).toEqual([
    ["p95", "user", null, true],
    ["buyers", "user", null, true],
  ]);
});

test("a trigger brings units in, unless its filter is in no log of entries", () => {
  const trigger = (where: string) => `analysis: { trigger: { event: seen${where} } }\n`;
  const entry = { kind: "event", event: "seen" };
  expect(targetsOf({ pages: draft("user", "orders", trigger("")) })).toMatchObject({
    baselines: [
      ["orders", "user", null, true],
      ["orders", "user", entry, true],
    ],
    volumes: [
      ["user", null],
      ["user", entry],
    ],
    hidden: [],
  });
  expect(targetsOf({ pages: draft("user", "orders", trigger(", where: { page: cart }")) })).toMatchObject({
    volumes: [["user", null]],
    hidden: ["pages"],
  });
});
