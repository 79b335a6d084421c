import { FlagdCore } from "@openfeature/flagd-core";

export const contextOf = (targetingKey, country) => ({ targetingKey, country });

export const fifty = () =>
  assigner({
    fractional: [
      ["control", 50],
      ["treatment", 50],
    ],
  });

export const threeArms = () =>
  assigner({
    if: [
      { in: [{ var: "country" }, ["US", "CA"]] },
      {
        fractional: [
          ["control", 34],
          ["blue", 33],
          ["green", 33],
        ],
      },
    ],
  });

function assigner(targeting) {
  const silent = { error() {}, warn() {}, info() {}, debug() {} };
  const flagd = new FlagdCore(undefined, silent);
  const variants = Object.fromEntries(
    ["none", "control", "treatment", "blue", "green"].map((key) => [key, key]),
  );
  flagd.setConfigurations(
    JSON.stringify({ flags: { button: { state: "ENABLED", defaultVariant: "none", variants, targeting } } }),
  );
  return (context) => flagd.resolveStringEvaluation("button", "none", context, silent).value;
}
