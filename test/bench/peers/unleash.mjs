import { once } from "node:events";
import { Unleash } from "unleash-client";

export const contextOf = (userId, country) => ({ userId, properties: { country } });

export const fifty = () =>
  assigner(
    [
      ["control", 500],
      ["treatment", 500],
    ],
    [],
  );

export const threeArms = () =>
  assigner(
    [
      ["control", 340],
      ["blue", 330],
      ["green", 330],
    ],
    [{ contextName: "country", operator: "IN", inverted: false, values: ["US", "CA"] }],
  );

async function assigner(weights, constraints) {
  const parameters = { rollout: "100", stickiness: "userId", groupId: "button" };
  const variants = weights.map(([name, weight]) => ({ name, weight, stickiness: "userId" }));
  const strategies = [{ name: "flexibleRollout", parameters, constraints, variants }];
  const unleash = new Unleash({
    appName: "bench",
    url: "http://127.0.0.1:9/",
    refreshInterval: 0,
    disableMetrics: true,
    storageProvider: { get: async () => undefined, set: async () => {} },
    bootstrap: { data: [{ name: "button", enabled: true, strategies, variants: [] }] },
  });
  unleash.on("error", () => {});
  await once(unleash, "ready");
  return (context) => unleash.getVariant("button", context).name;
}
