import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createAwaited, createExperiments, type Sink } from "../../src/runtime/index.ts";
import { compiled, type Experiment, trial } from "./trials.ts";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

const KEYS = 500_000;
const HALVES = "variants:\n  control: { weight: 50% }\n  large: { weight: 50% }";
const texts = (settings: string) =>
  Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`trial-${index}`, trial(`${settings}${HALVES}`)]),
  );

/** Megabytes that stay in use after each of 50,000 users met each of ten experiments, twice, and what was logged. */
function measure(experiments: readonly Experiment[], options: { readonly remembered?: number }) {
  let logged = 0;
  const sink: Sink = {
    name: "count",
    send(batch) {
      logged += batch.length;
    },
  };
  const awaited = createAwaited(options.remembered ?? 50_000);
  const before = heapUsed();
  const { assign } = createExperiments({ now: () => 0, sinks: [sink], awaited, ...options });
  const meet = () => {
    for (let user = 0; user < KEYS / experiments.length; user++)
      for (const experiment of experiments) assign(experiment, { userId: `a-user-with-a-long-id-${user}` });
  };
  meet();
  const first = logged;
  meet();
  const megabytes = (heapUsed() - before) / 2 ** 20;
  return { megabytes, logged: first, again: logged - first };
}

function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const trials = [...compiled(texts("")).values()];
const waiting = [...compiled(texts("exposure: { event: purchase }\n")).values()];

test("500,000 exposures take a few megabytes, by default", () => {
  const { megabytes, logged } = measure(trials, {});
  expect(logged).toBe(KEYS);
  expect(megabytes).toBeLessThan(8);
});

test("500,000 exposures take some tens of megabytes where each is remembered", () => {
  const { megabytes, logged, again } = measure(trials, { remembered: KEYS });
  expect(logged).toBe(KEYS);
  // Two of the 53-bit marks are alike with a probability of 1.4e-5.
  expect(again).toBe(0);
  expect(megabytes).toBeLessThan(40);
});

test("500,000 exposures that wait for their event are bounded too", () => {
  const { megabytes, logged } = measure(waiting, {});
  expect(logged).toBe(0);
  expect(megabytes).toBeLessThan(40);
});
