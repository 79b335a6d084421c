// An HTTP server under load whose collector fails for 30 s in every 90: proves that each exposure arrives exactly once,
// that nothing within the queue's bound is lost, and that memory stays flat.
// node test/soak/server.mjs [--minutes 10] [--rate 200] [--queued 10000]; needs `npm run build`.
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { httpSink } from "../../dist/integrations/http/index.js";
import { assign, createExperiments, defineExperiment } from "../../dist/runtime/index.js";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    rate: { type: "string", default: "200" },
    queued: { type: "string", default: "10000" },
  },
});
const minutes = Number(values.minutes);
const rate = Number(values.rate);
const OUTAGE = { every: 90_000, lasts: 30_000, from: 20_000 };
const QUEUED = Number(values.queued);

const experiment = defineExperiment({
  key: "soak",
  iteration: 1,
  unit: { key: "user", id: "userId" },
  exposure: "assignment",
  attributes: ["country"],
  settle: null,
  salt: 42,
  draw: null,
  variants: [
    { key: "control", share: 500_000, params: {} },
    { key: "treatment", share: 500_000, params: {} },
  ],
  default: 0,
});

const started = Date.now();
const isDown = () => {
  const phase = (Date.now() - started) % OUTAGE.every;
  return phase >= OUTAGE.from && phase < OUTAGE.from + OUTAGE.lasts;
};

/** By id: how often it arrived. */
const arrived = new Map();
const failures = [
  (response) => response.writeHead(503).end(),
  (response) => response.writeHead(429, { "retry-after": "1" }).end(),
  (response) => response.destroy(),
];
let refused = 0;
const collector = createServer(async (request, response) => {
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += part;
  if (isDown()) return failures[refused++ % failures.length](response);
  for (const line of body.trimEnd().split("\n")) {
    const { id } = JSON.parse(line);
    arrived.set(id, (arrived.get(id) ?? 0) + 1);
  }
  response.writeHead(204).end();
});

const listen = async (server) => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${server.address().port}`;
};
const experiments = createExperiments({
  now: Date.now,
  random: Math.random,
  schedule: (task, delay) => void setTimeout(task, delay).unref(),
  limit(task, delay) {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  },
  sinks: [httpSink({ url: await listen(collector) })],
  remembered: 20_000,
  queued: QUEUED,
});
const app = createServer((request, response) => {
  const userId = new URL(request.url, "http://app").searchParams.get("user");
  const { variant } = experiments.assign(experiment, { userId, country: "US" });
  response.end(variant);
});
const origin = await listen(app);

/** Every user comes twice. */
const users = [];
const memory = [];
let requests = 0;
let worstWait = 0;
const megabytes = (bytes) => Math.round((bytes / 1e6) * 10) / 10;

async function visit(index) {
  await (await fetch(`${origin}/?user=user-${index}`)).text();
  requests++;
}

let index = 0;
let nextReport = started + 10_000;
while (Date.now() < started + minutes * 60_000) {
  const tick = Date.now();
  const visits = [];
  for (let count = 0; count < rate / 20; count++) {
    users.push(index);
    visits.push(visit(index), visit(Math.max(0, index - 50)));
    index++;
  }
  await Promise.all(visits);
  const [{ waiting }] = experiments.counts().sinks;
  worstWait = Math.max(worstWait, waiting);
  if (Date.now() >= nextReport) {
    nextReport += 10_000;
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    // What this script itself keeps to check the proof grows with the users.
    memory.push(heapUsed - users.length * 150);
    const [counts] = experiments.counts().sinks;
    console.log(
      `${Math.round((Date.now() - started) / 1000)} s: ${requests} requests, heap ${megabytes(heapUsed)} MB, rss ${megabytes(rss)} MB,`,
      `${counts.delivered} delivered, ${counts.waiting} waiting, ${counts.dropped} dropped${isDown() ? ", collector down" : ""}`,
    );
  }
  await sleep(Math.max(0, 50 - (Date.now() - tick)));
}
while (isDown()) await sleep(500);
await experiments.close({ deadline: 60_000 });
app.close();
collector.close();
collector.closeAllConnections();

const { unmade, sinks } = experiments.counts();
const expected = new Set(
  users.map((each) => `soak/1/${assign(experiment, { userId: `user-${each}` }).variant}/user-${each}`),
);
const twice = [...arrived.values()].filter((times) => times > 1).length;
const strangers = [...arrived.keys()].filter((id) => !expected.has(id)).length;
const missing = [...expected].filter((id) => !arrived.has(id)).length;
const { delivered, dropped, waiting } = sinks[0];
const half = Math.floor(memory.length / 2);
const mean = (list) => list.reduce((sum, each) => sum + each, 0) / Math.max(1, list.length);
console.log({
  users: expected.size,
  requests,
  refusedBatches: refused,
  delivered,
  dropped,
  waiting,
  unmade,
  missing,
  twice,
  strangers,
  mostWaiting: worstWait,
  heapFirstHalf: megabytes(mean(memory.slice(0, half))),
  heapSecondHalf: megabytes(mean(memory.slice(half))),
});
const holds = twice === 0 && strangers === 0 && missing === dropped && waiting === 0 && unmade === 0;
const isWithinBound = worstWait < QUEUED;
if (!holds || (isWithinBound && dropped > 0)) {
  console.error("exactly once does not hold");
  process.exit(1);
}
console.log(
  isWithinBound
    ? "each exposure arrived exactly once"
    : `each exposure arrived exactly once, or is one of the ${dropped} dropped beyond the bound`,
);
