import {
  createInstance,
  createStaticProjectConfigManager,
  OptimizelyDecideOption,
} from "@optimizely/optimizely-sdk";

export const contextOf = (id, country) => ({ id, attributes: { country } });

export const fifty = () => assigner(["control", "treatment"], [5_000, 10_000], []);

export const threeArms = () => assigner(["control", "blue", "green"], [3_400, 6_700, 10_000], ["america"]);

async function assigner(keys, bounds, audienceIds) {
  const variations = keys.map((key) => ({ id: key, key, featureEnabled: true, variables: [] }));
  const isAmerican = (value) => ({ name: "country", type: "custom_attribute", match: "exact", value });
  const datafile = {
    version: "4",
    projectId: "bench",
    accountId: "bench",
    revision: "1",
    anonymizeIP: true,
    botFiltering: false,
    attributes: [{ id: "country", key: "country" }],
    audiences: [],
    typedAudiences: [
      { id: "america", name: "America", conditions: ["or", isAmerican("US"), isAmerican("CA")] },
    ],
    events: [],
    groups: [],
    rollouts: [],
    integrations: [],
    variables: [],
    featureFlags: [{ id: "button", key: "button", rolloutId: "", experimentIds: ["1"], variables: [] }],
    experiments: [
      {
        id: "1",
        key: "button",
        layerId: "1",
        status: "Running",
        audienceIds,
        variations,
        forcedVariations: {},
        trafficAllocation: keys.map((entityId, index) => ({ entityId, endOfRange: bounds[index] })),
      },
    ],
  };
  const projectConfigManager = createStaticProjectConfigManager({ datafile: JSON.stringify(datafile) });
  const client = createInstance({ projectConfigManager });
  await client.onReady();
  const options = [OptimizelyDecideOption.DISABLE_DECISION_EVENT];
  return ({ id, attributes }) =>
    client.createUserContext(id, attributes).decide("button", options).variationKey;
}
