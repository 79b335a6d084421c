// One contestant in a process of its own:
//   node --expose-gc measure-assignment.mjs <module> <case> speed <ids>
//   node --expose-gc --max-semi-space-size=256 --min-semi-space-size=256 measure-assignment.mjs <module> <case> memory <ids>
// Prints JSON: nanoseconds of CPU per call, garbage collection and compiling included; or bytes allocated per call
// and bytes retained per call.
import { setTimeout, setImmediate as turn } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const [path, name, mode, count] = process.argv.slice(2);
const WARM_UP = 300_000;
const SAMPLE = 10_000;
/** An app that logs has turns of the event loop, in which what is logged leaves. */
const AT_ONCE = name === "logged" ? 1_000 : Number.POSITIVE_INFINITY;

const { contextOf, ...cases } = await import(pathToFileURL(path).href);
const assign = await cases[name]();
run(idsOf("warm", WARM_UP).map((id) => contextOf(id, "US")));
const ids = idsOf("user", Number(count));
const contexts = ids.map((_, index) => contextAt(index));
// What collects garbage and compiles beside the main thread is done before the clock starts.
globalThis.gc();
await setTimeout(300);
process.stdout.write(JSON.stringify(mode === "speed" ? await measureSpeed() : await measureMemory()));
process.exit(0);

async function measureSpeed() {
  const before = process.cpuUsage();
  let controls = 0;
  for (let start = 0; start < contexts.length; start += AT_ONCE) {
    controls += run(contexts, start, start + AT_ONCE);
    if (AT_ONCE < contexts.length) await turn();
  }
  const { user, system } = process.cpuUsage(before);
  return { nanoseconds: ((user + system) * 1000) / contexts.length, controls: controls / contexts.length };
}

/**
 * Young objects stay where they are during a sample: the space for them is larger than what it allocates. What is
 * retained is what the library keeps when its callers have let go of everything but the ids.
 */
async function measureMemory() {
  const samples = Array.from({ length: 9 }, (_, index) => {
    const start = index * SAMPLE;
    return allocatedBy(start, start + SAMPLE) - allocatedBy(0, 0);
  });
  contexts.length = 0;
  globalThis.gc();
  const before = heap();
  for (let index = 0; index < ids.length; index++) {
    assign(contextAt(index));
    if (index % 1000 === 999) await turn();
  }
  globalThis.gc();
  return {
    allocated: Math.max(0, samples.sort((a, b) => a - b)[4]) / SAMPLE,
    retained: Math.max(0, heap() - before) / ids.length,
  };
}

function allocatedBy(from, to) {
  const before = heap();
  run(contexts, from, to);
  return heap() - before;
}

function heap() {
  return process.memoryUsage().heapUsed;
}

/** How many get the control. */
function run(given, from = 0, to = given.length) {
  const end = Math.min(to, given.length);
  let controls = 0;
  for (let index = from; index < end; index++) if (assign(given[index]) === "control") controls++;
  return controls;
}

/** Of twenty characters, flat in memory as those that an app reads. */
function idsOf(prefix, size) {
  const made = Array.from({ length: size }, (_, index) => {
    const digits = ((index * 2_654_435_761) >>> 0).toString(16).padStart(8, "0");
    return `${prefix}-${digits}-${String(index).padStart(6, "0")}`;
  });
  return JSON.parse(JSON.stringify(made));
}

/** All are in the audience. */
function contextAt(index) {
  return contextOf(ids[index], index % 2 ? "US" : "CA");
}
