import { describe, expect, test } from "vitest";
import { DAY_MS, startOfDay } from "../../../src/model/calendar.ts";
import { lookBack } from "../../../src/plan/look-back.ts";

const NOTHING = { from: null, to: null };
const at = (text: string) => Date.parse(text);
const span = (first: string, last: string) => ({ first: at(first), last: at(last) });

/** What units did is known as long as they come. */
const within = (window: number) => ({ window, until: at("2026-10-29T14:00:00Z") });

describe("the days to measure", () => {
  test("are the last four whole weeks: no part of the day on which the data end", () => {
    const data = span("2026-01-01T00:10:00Z", "2026-10-29T14:00:00Z");
    expect(lookBack(data, null, "UTC", NOTHING)).toEqual({ from: "2026-10-01", to: "2026-10-28" });
  });

  test("hold a day whose last hour has rows", () => {
    const data = span("2026-01-01T00:10:00Z", "2026-10-28T23:20:00Z");
    expect(lookBack(data, null, "UTC", NOTHING)).toEqual({ from: "2026-10-01", to: "2026-10-28" });
  });

  test("leave time for the window", () => {
    const data = span("2026-01-01T00:10:00Z", "2026-10-29T14:00:00Z");
    expect(lookBack(data, within(7 * DAY_MS), "UTC", NOTHING)).toEqual({
      from: "2026-09-24",
      to: "2026-10-21",
    });
    expect(lookBack(data, within(DAY_MS / 2), "UTC", NOTHING)).toEqual({
      from: "2026-10-01",
      to: "2026-10-28",
    });
    expect(lookBack(data, within((16 * DAY_MS) / 24), "UTC", NOTHING)).toEqual({
      from: "2026-09-30",
      to: "2026-10-27",
    });
  });

  test("are all days on which units came, where what they did is known for longer", () => {
    const data = span("2026-01-01T00:10:00Z", "2026-10-28T23:59:00Z");
    const until = at("2026-11-30T00:00:00Z");
    const days = { from: "2026-10-01", to: "2026-10-28" };
    expect(lookBack(data, { window: 7 * DAY_MS, until }, "UTC", NOTHING)).toEqual(days);
    expect(lookBack(data, { window: null, until: data.first }, "UTC", NOTHING)).toBeNull();
  });

  test.each([
    ["2026-10-01T00:30:00Z", "2026-10-01"],
    ["2026-10-01T09:00:00Z", "2026-10-08"],
    ["2026-10-20T09:00:00Z", "2026-10-22"],
    ["2026-10-22T00:00:00Z", "2026-10-22"],
  ])("are fewer whole weeks where the data begin at %s", (first, from) => {
    const found = lookBack(span(first, "2026-10-28T23:59:00Z"), null, "UTC", NOTHING);
    expect(found).toEqual({ from, to: "2026-10-28" });
  });

  test("are none in less than a week", () => {
    expect(lookBack(span("2026-10-22T02:00:00Z", "2026-10-28T23:59:00Z"), null, "UTC", NOTHING)).toBeNull();
    const data = span("2026-10-01T00:00:00Z", "2026-10-28T23:59:00Z");
    expect(lookBack(data, within(30 * DAY_MS), "UTC", NOTHING)).toBeNull();
  });

  test("are those of the timezone", () => {
    const last = startOfDay("2026-10-29", "America/New_York");
    const data = { first: at("2026-01-01T00:00:00Z"), last };
    expect(lookBack(data, null, "America/New_York", NOTHING)?.to).toBe("2026-10-28");
    expect(lookBack({ ...data, last: last - 1 }, null, "America/New_York", NOTHING)?.to).toBe("2026-10-28");
    expect(lookBack(data, null, "Europe/Berlin", NOTHING)?.to).toBe("2026-10-28");
  });

  test("are those that were asked for, whole or not", () => {
    const data = span("2026-01-01T00:10:00Z", "2026-10-29T14:00:00Z");
    const asked = { from: "2026-10-10", to: "2026-10-12" };
    expect(lookBack(data, within(30 * DAY_MS), "UTC", asked)).toEqual(asked);
    expect(lookBack(data, null, "UTC", { from: "2026-10-20", to: null })).toEqual({
      from: "2026-10-20",
      to: "2026-10-28",
    });
    expect(lookBack(data, null, "UTC", { from: null, to: "2026-03-31" })).toEqual({
      from: "2026-03-04",
      to: "2026-03-31",
    });
    expect(lookBack(data, null, "UTC", { from: "2026-12-01", to: null })).toBeNull();
  });
});
