import { EvaluationEngine } from "@amplitude/experiment-core";

export const contextOf = (user_id, country) => ({ user: { user_id, country } });

export const fifty = () => assigner(["control", "treatment"], [0.5, 1]);

export const threeArms = () =>
  assigner(
    ["control", "blue", "green"],
    [0.34, 0.67, 1],
    [[{ selector: ["context", "user", "country"], op: "is", values: ["US", "CA"] }]],
  );

/** Amplitude gives the arms their parts of 42,949,672 places. */
const PLACES = 42_949_672;

function assigner(keys, bounds, conditions) {
  const engine = new EvaluationEngine();
  const flags = [
    {
      key: "button",
      variants: Object.fromEntries(keys.map((key) => [key, { key, value: key }])),
      segments: [
        {
          ...(conditions && { conditions }),
          bucket: {
            selector: ["context", "user", "user_id"],
            salt: "button",
            allocations: [
              {
                range: [0, 100],
                distributions: keys.map((variant, index) => ({
                  variant,
                  range: [
                    index && Math.floor(PLACES * bounds[index - 1]),
                    Math.floor(PLACES * bounds[index]),
                  ],
                })),
              },
            ],
          },
        },
      ],
    },
  ];
  return (context) => engine.evaluate(context, flags).button?.key;
}
