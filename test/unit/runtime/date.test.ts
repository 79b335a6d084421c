import fc from "fast-check";
import { expect, test } from "vitest";
import { compareDates, instantOf } from "../../../src/runtime/date.ts";

test.each([
  ["2026-01-01", Date.UTC(2026, 0, 1)],
  ["2024-02-29", Date.UTC(2024, 1, 29)],
  ["2000-02-29T23:59:59Z", Date.UTC(2000, 1, 29, 23, 59, 59)],
  ["2026-01-01T12:00Z", Date.UTC(2026, 0, 1, 12)],
  ["2026-01-01T12:00:00.25+01:00", Date.UTC(2026, 0, 1, 11, 0, 0, 250)],
  ["2026-01-01T00:00:00-05:30", Date.UTC(2026, 0, 1, 5, 30)],
])("%s is an instant", (text, instant) => {
  expect(instantOf(text)).toBe(instant);
});

test.each([
  ...["2026-02-29", "1900-02-29", "2026-04-31", "2026-00-01", "2026-13-01", "2026-01-00", "2026-01-32"],
  ...["2026-1-1", "26-01-01", "20260101", "2026-W01-1", "2026-01-01Z", "", "tomorrow", "2026-01-01\n"],
  ...["2026-01-01T00:00:00", "2026-01-01 00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T23:60Z"],
  ...["2026-01-01T23:59:60Z", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00z", "2026-01-01T00Z"],
  ...["+002026-01-01", "2026-01-01T00:00:00.Z", "２０２６-01-01", "2026-02-30T00:00:00Z"],
])("%j is none", (text) => {
  expect(instantOf(text)).toBeNaN();
  expect(compareDates(text, "2026-01-01", 0)).toBeNaN();
});

test("every day of 400 years exists once, and the day behind each month's end does not", () => {
  for (let time = Date.UTC(1900, 0, 1); time < Date.UTC(2300, 0, 1); time += 86_400_000) {
    expect(instantOf(new Date(time).toISOString().slice(0, 10))).toBe(time);
  }
  for (let month = 0; month < 12 * 400; month++) {
    const last = new Date(Date.UTC(1900, month + 1, 0)).toISOString().slice(0, 10);
    const beyond = `${last.slice(0, 8)}${Number(last.slice(8)) + 1}`;
    expect(instantOf(beyond)).toBeNaN();
  }
});

test("a day is compared with the day, an instant with the instant", () => {
  const berlin = ["2026-01-01", Date.UTC(2025, 11, 31, 23)] as const;
  expect(compareDates("2025-12-31", ...berlin)).toBeLessThan(0);
  expect(compareDates("2026-01-01", ...berlin)).toBe(0);
  expect(compareDates("2025-12-31T22:59:59.999Z", ...berlin)).toBeLessThan(0);
  expect(compareDates("2025-12-31T23:00:00Z", ...berlin)).toBe(0);
  expect(compareDates("2026-01-01T00:00:00+01:00", ...berlin)).toBe(0);
  expect(compareDates("2026-01-01T00:00:00Z", ...berlin)).toBeGreaterThan(0);
});

test.each([null, undefined, 1767225600000, true, {}, ["2026-01-01"], new Date(0)])(
  "%j is no date",
  (value) => {
    expect(compareDates(value, "2026-01-01", 0)).toBeNaN();
  },
);

test("instants come in order", () => {
  const dates = fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(dates, dates, (one, other) => {
      const order = compareDates(one.toISOString(), "2026-01-01", other.getTime());
      expect(Math.sign(order)).toBe(Math.sign(one.getTime() - other.getTime()));
    }),
  );
});
