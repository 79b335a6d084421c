import { describe, expect, test } from "vitest";
import {
  decimalsFor,
  formatCount,
  formatDecimals,
  formatExpected,
  formatPercent,
  formatPlainPercent,
  formatPValue,
  formatQuantity,
  formatSigned,
  statePValue,
} from "../../../src/verdict/number-format.ts";

describe("numbers for people", () => {
  test.each([
    [0, "0"],
    [999, "999"],
    [1000, "1,000"],
    [1234567, "1,234,567"],
    [-5432, "−5,432"],
    [null, "—"],
  ])("count %s is %s", (count, text) => expect(formatCount(count)).toBe(text));

  test.each([
    [1.5, "1.5"],
    [1.0, "1"],
    [45094.5, "45,095"],
  ])("expected count %s is %s", (count, text) => expect(formatExpected(count)).toBe(text));

  test.each([
    [0, "0%"],
    [0.049, "4.90%"],
    [0.1837, "18.4%"],
    [1, "100%"],
    [0.000298, "0.0298%"],
  ])("fraction %s is %s", (fraction, text) => expect(formatPercent(fraction)).toBe(text));

  test.each([
    [0.05, "5%"],
    [0.125, "12.5%"],
    [0.1 + 0.2, "30%"],
    [-0.2, "−20%"],
  ])("written fraction %s is %s", (fraction, text) => expect(formatPlainPercent(fraction)).toBe(text));

  test.each([
    [0.045527, "0.0455", "p = 0.0455"],
    [0.00009, "< 0.0001", "p < 0.0001"],
    [0, "< 0.0001", "p < 0.0001"],
    [0.99995, "> 0.9999", "p > 0.9999"],
    [1, "1", "p = 1"],
    [null, "—", "no p-value"],
  ])("p-value %s is %s", (pValue, text, statement) => {
    expect(formatPValue(pValue)).toBe(text);
    expect(statePValue(pValue)).toBe(statement);
  });

  test.each([
    [4.3121, "4.312"],
    [1840.2, "1,840"],
    [1234567.8, "1,234,568"],
    [0.012345, "0.01235"],
    [-61.2, "−61.20"],
    [1e-9, "1.000e−9"],
    [2.5e18, "2.500e+18"],
    [0, "0"],
    [null, "—"],
  ])("quantity %s is %s", (value, text) => expect(formatQuantity(value)).toBe(text));

  test("a rounded zero has no sign", () => {
    expect(formatDecimals(-0.0004, 2)).toBe("0.00");
    expect(formatSigned(0.0004, 2)).toBe("0.00");
    expect(formatSigned(0.5, 1)).toBe("+0.5");
    expect(formatSigned(-0.5, 1)).toBe("−0.5");
  });

  test.each([
    [[18.37, 0.34, 39.65], 1],
    [[0.9, 0.02, 1.79], 2],
    [[-4.3117, -6.8891, -1.6635], 2],
    [[100, 0.004, 200], 3],
    [[null, null, null], 0],
    [[0, 0, 0], 0],
  ])("decimals for %j are %d", (values, decimals) => expect(decimalsFor(values)).toBe(decimals));
});
