import { expect, test } from "vitest";
import { metricsOf, withoutOwnClusters } from "../../../src/model/experiment-metrics.ts";
import { experimentOf, metricOf } from "../inference/trial-fixture.ts";

test("a metric per the experiment's own unit is a plain one, in whatever role; others keep their clusters", () => {
  const per = (key: string, unit: string) => ({ ...metricOf(key), per: unit });
  const experiment = experimentOf({
    primary: { metric: per("conversion", "user"), goal: "better", margin: null },
    secondary: [per("revenue", "session"), per("orders", "user")],
    guardrails: [{ metric: per("errors", "user"), margin: { kind: "relative", value: 0.1 } }],
  });
  expect(metricsOf(withoutOwnClusters(experiment)).map(({ key, per }) => [key, per])).toEqual([
    ["conversion", null],
    ["revenue", "session"],
    ["orders", null],
    ["errors", null],
  ]);
});
