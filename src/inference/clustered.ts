import type { Estimator } from "./estimator.ts";
import { ratio } from "./ratio.ts";

/** Fewer of these in an arm, and the normal limit of their ratio is not trusted. */
const FEWEST_CLUSTERS = 40;

/**
 * A metric per member of what was randomised: Σ total / Σ members with the randomised units as clusters, for members of one
 * share more than chance. Deng, Knoblich, Lu, "Applying the delta method in metric analytics" (KDD 2018), section 3.2.
 */
export const clustered: Estimator = {
  ...ratio,
  method: "per member, randomised units as clusters (delta method), Welch t; Fieller interval",
  read: (data, confidence) => {
    const { units, means } = data.moments;
    const members = units > 0 ? Math.round(units * (means[1] ?? 0)) : 0;
    return { ...ratio.read(data, confidence), members };
  },
  doubts: (pair) => [
    ...ratio.doubts(pair),
    ...(Math.min(pair.control.units, pair.variant.units) < FEWEST_CLUSTERS
      ? (["few-clusters"] as const)
      : []),
  ],
};
