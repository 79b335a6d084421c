import { GrowthBookClient } from "@growthbook/growthbook";

export const contextOf = (userId, country) => ({ attributes: { userId, country } });

export const fifty = () => assigner({ variations: ["control", "treatment"], weights: [0.5, 0.5] });

export const threeArms = () =>
  assigner({
    variations: ["control", "blue", "green"],
    weights: [0.34, 0.33, 0.33],
    condition: { country: { $in: ["US", "CA"] } },
  });

/** As `fifty`, with a tracking callback, by which exposures leave the app. */
export const logged = () =>
  assigner({ variations: ["control", "treatment"], weights: [0.5, 0.5] }, { trackingCallback: () => {} });

function assigner(rule, options = {}) {
  const features = {
    button: { defaultValue: "none", rules: [{ ...rule, key: "button", hashAttribute: "userId" }] },
  };
  const client = new GrowthBookClient(options).initSync({ payload: { features } });
  return (context) => client.getFeatureValue("button", "none", context);
}
