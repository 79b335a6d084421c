import { expect, test } from "vitest";
import { parseEffect } from "../../../src/simulate/options.ts";

test.each([
  ["one-page:checkout-conversion=+10%", { variant: "one-page", metric: "checkout-conversion", change: 0.1 }],
  ["B:revenue=-2.5%", { variant: "B", metric: "revenue", change: -0.025 }],
  ["1:m=5%", { variant: "1", metric: "m", change: 0.05 }],
  ["a:m=-100%", { variant: "a", metric: "m", change: -1 }],
])("%s", (text, expected) => {
  expect(parseEffect(text)).toEqual(expected);
});

test.each([
  "",
  "a:m",
  "a:m=10",
  "a=10%",
  "a:m=ten%",
  "a:m=1e3%",
  "a b:m=1%",
  "a:m=+1%\n",
  ":m=1%",
  "a:m=-101%",
])("%j is no effect, and the answer says how to write one", (text) => {
  expect(parseEffect(text)).toMatchObject({ kind: "problem", message: expect.stringContaining("`") });
});
