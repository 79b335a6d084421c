import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  dayOf,
  daysBetween,
  formatInstant,
  isDay,
  isTimezone,
  startOfDay,
} from "../../../src/model/calendar.ts";

describe("days", () => {
  test.each(["2026-02-28", "2024-02-29", "1999-12-31"])("%s is a day", (day) =>
    expect(isDay(day)).toBe(true),
  );
  test.each(["2026-02-29", "2026-13-01", "2026-1-1", "2026-01-01T00:00", "", "tomorrow"])(
    "%s is not",
    (day) => expect(isDay(day)).toBe(false),
  );

  test("are those that JavaScript's Date knows too", () => {
    const number = (most: number, digits: number) =>
      fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(digits, "0"));
    const year = fc.oneof(number(9_999, 4), fc.constantFrom("1900", "2000", "2024", "2026"));
    fc.assert(
      fc.property(year, number(13, 2), number(32, 2), (...parts) => {
        const text = parts.join("-");
        const date = new Date(`${text}T00:00:00Z`);
        const known = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
        expect(isDay(text)).toBe(known);
      }),
      { numRuns: 1_000 },
    );
  });

  test("count across leap days and years", () => {
    expect(addDays("2024-02-28", 2)).toBe("2024-03-01");
    expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
    expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
  });

  test("adding and counting agree", () => {
    const days = fc.integer({ min: -20_000, max: 20_000 });
    fc.assert(
      fc.property(
        days,
        days,
        (a, b) => daysBetween(addDays("2026-01-01", a), addDays("2026-01-01", b)) === b - a,
      ),
    );
  });
});

describe("midnight", () => {
  test.each([
    ["2026-11-02", "UTC", "2026-11-02T00:00:00Z"],
    ["2026-11-02", "America/New_York", "2026-11-02T05:00:00Z"],
    ["2026-07-01", "America/New_York", "2026-07-01T04:00:00Z"],
    ["2026-03-08", "America/New_York", "2026-03-08T05:00:00Z"],
    ["2026-03-09", "America/New_York", "2026-03-09T04:00:00Z"],
    ["2026-01-01", "Pacific/Kiritimati", "2025-12-31T10:00:00Z"],
    ["2026-01-01", "Asia/Kolkata", "2025-12-31T18:30:00Z"],
    // Midnight of 2018-11-04 did not exist in São Paulo: clocks went from 00:00 to 01:00.
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z"],
  ])("of %s in %s is %s", (day, timezone, instant) => {
    expect(formatInstant(startOfDay(day, timezone))).toBe(instant);
  });

  test("begins the day it is asked for", () => {
    const zones = fc.constantFrom(
      "UTC",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "America/St_Johns",
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 15_000 }), zones, (days, timezone) => {
        const day = addDays("2000-01-01", days);
        const start = startOfDay(day, timezone);
        expect(dayOf(start, timezone)).toBe(day);
        expect(dayOf(start - 1, timezone)).toBe(addDays(day, -1));
      }),
      { numRuns: 300 },
    );
  });
});

test("knows timezones", () => {
  expect(isTimezone("Europe/Berlin")).toBe(true);
  expect(isTimezone("Europe/Atlantis")).toBe(false);
});
