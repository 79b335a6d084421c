import { createInstance } from "@featurevisor/sdk";

export const contextOf = (userId, country) => ({ userId, country });

export const fifty = () => assigner(["control", "treatment"], [50_000, 100_000], "*");

export const threeArms = () => assigner(["control", "blue", "green"], [34_000, 67_000, 100_000], "america");

function assigner(keys, bounds, segments) {
  const instance = createInstance({
    logLevel: "fatal",
    datafile: {
      schemaVersion: "2",
      revision: "1",
      segments: {
        america: { conditions: [{ attribute: "country", operator: "in", value: ["US", "CA"] }] },
      },
      features: {
        button: {
          bucketBy: "userId",
          variations: keys.map((value, index) => ({
            value,
            weight: (bounds[index] - (bounds[index - 1] ?? 0)) / 1000,
          })),
          traffic: [
            {
              key: "everybody",
              segments,
              percentage: 100_000,
              allocation: keys.map((variation, index) => ({
                variation,
                range: [bounds[index - 1] ?? 0, bounds[index]],
              })),
            },
          ],
        },
      },
    },
  });
  return (context) => instance.getVariation("button", context);
}
