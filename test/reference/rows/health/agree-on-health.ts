import { expect } from "vitest";
import type { Observation } from "../../../../src/query/observation.ts";
import type { ExpectedHealth } from "./expected-health.ts";

/** Fails unless the product counted what the reference counts. */
export function expectHealth({ enrolment, health }: Observation, expected: ExpectedHealth): void {
  expect(enrolment.excluded, "excluded rows").toEqual(expected.excluded);
  expect(enrolment.unknownVariants, "unknown variants").toEqual(expected.unknownVariants);
  const { excludedUnits, otherSpec, sources, byDay, byBreakdown, audit, exposures, events, ...others } =
    health!;
  expect(others).toEqual({});
  expect(excludedUnits, "units behind exclusions").toEqual(expected.excludedUnits);
  expect(otherSpec, "rows of other plans").toEqual(expected.otherSpec);
  expect(sources, "sources").toEqual(expected.sources);
  const values = byBreakdown?.flatMap((each) => each.values) ?? [];
  expect(new Map(values.map(({ value, units }) => [value, units])), "units by country").toEqual(
    expected.byCountry ?? new Map(),
  );
  const rows = expected.rows;
  expect(byDay ?? null, "units by day").toEqual(rows?.byDay ?? null);
  expect(audit?.units ?? null, "audited units").toEqual(rows?.audit ?? null);
  const read = exposures && { rows: exposures.rows, repeated: exposures.repeated };
  expect(read ?? null, "exposures of units").toEqual(rows?.exposures ?? null);
  expect(events ?? [], "events of units").toEqual(rows?.events ?? []);
}
