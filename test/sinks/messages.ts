import type { Exposure, TrackedEvent } from "../../src/runtime/index.ts";

const AT = Date.UTC(2026, 10, 12, 9, 30);

export const EXPOSURE: Exposure = {
  kind: "exposure",
  id: "show-plugins/2/on/acme",
  timestamp: AT,
  experiment: "show-plugins",
  iteration: 2,
  variant: "on",
  unitType: "org",
  unitId: "acme",
  actingUnits: { user: "u-42" },
  reason: "assigned",
  forced: false,
  attributes: { country: "US", flags: ["a", "b"] },
  runtime: "fairtrial/test",
};

export const FORCED: Exposure = { ...EXPOSURE, id: "forced", reason: "override", forced: true };

export const EVENT: TrackedEvent = {
  kind: "event",
  id: "m1-0-0.5",
  timestamp: AT + 1_000,
  event: "purchase",
  units: { user: "u-42" },
  properties: { amount: 30, refunded: false },
  runtime: "fairtrial/test",
};
