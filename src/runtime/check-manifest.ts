import { armsOf } from "./cell.ts";
import { conditionCheck } from "./check-condition.ts";
import { checkArms, drawCheck } from "./check-draw.ts";
import {
  among,
  type Check,
  createFaults,
  type Faults,
  integer,
  list,
  membersOf,
  name,
  one,
  orNull,
  record,
  text,
} from "./json-check.ts";
import type { Manifest, ManifestExperiment } from "./manifest.ts";

/** A manifest, or why the value is none: at most twenty lines, each a path and what was expected there. */
export type ManifestReading =
  | { readonly manifest: Manifest; readonly problems: readonly [] }
  | { readonly manifest: null; readonly problems: readonly string[] };

const MOST_PROBLEMS = 20;
const MOST_EXPERIMENTS = 100_000;
const MOST_VARIANTS = 1_000;
const MOST_ATTRIBUTES = 10_000;
const DEEPEST_PARAMS = 64;

/**
 * Reads JSON of unknown origin. Every experiment of what is accepted can be loaded, and gives every context one
 * of its arms. Members that are not known are passed over. Whether the content hash is right is not checked.
 */
export function checkManifest(value: unknown): ManifestReading {
  const problems: string[] = [];
  const faults = createFaults(problems, MOST_PROBLEMS);
  manifestCheck()(value, "", faults);
  if (problems.length > 0) return { manifest: null, problems };
  const manifest = value as Manifest;
  const keys = new Set(manifest.experiments.map(({ key }) => key));
  if (keys.size < manifest.experiments.length) faults.add("experiments", "each key once");
  manifest.experiments.forEach((experiment, index) => {
    if (!faults.isFull()) checkExperiment(experiment, `experiments[${index}]`, faults);
  });
  return problems.length > 0 ? { manifest: null, problems } : { manifest, problems: [] };
}

function manifestCheck(): Check {
  return record({
    formatVersion: among(1),
    name: text,
    contentHash: one("a SHA-256 in hex", (value) => typeof value === "string" && /^[\da-f]{64}$/.test(value)),
    experiments: list(experimentCheck(), 0, MOST_EXPERIMENTS),
  });
}

function experimentCheck(): Check {
  const condition = conditionCheck();
  const share = integer(0, 1_000_000);
  const event = record({ event: text });
  const mode = among("assignment", "explicit");
  return record({
    key: name,
    iteration: integer(1, Number.MAX_SAFE_INTEGER),
    status: among("draft", "running", "stopped", "concluded"),
    unit: record({ key: name, id: name }),
    holdout: orNull(record({ salt: text, share })),
    layer: record({ salt: text, from: share, to: share, enrolledTo: share }),
    audience: orNull(condition),
    attributes: list(name, 0, MOST_ATTRIBUTES),
    overrides: list(record({ variant: text, when: condition }), 0, MOST_VARIANTS),
    draw: drawCheck(),
    variants: list(
      record({
        key: one("a text that is not empty", (value) => typeof value === "string" && value !== ""),
        share,
        params: one(
          "an object of plain JSON",
          (value) => membersOf(value) !== null && isJson(value, DEEPEST_PARAMS),
        ),
        dropped: among(undefined, true),
      }),
      0,
      MOST_VARIANTS,
    ),
    control: text,
    default: text,
    shipped: orNull(text),
    exposure: (value, path, faults) => (membersOf(value) ? event : mode)(value, path, faults),
  });
}

/** What the members of an experiment say of each other. */
function checkExperiment(experiment: ManifestExperiment, path: string, faults: Faults): void {
  const { layer, overrides, shipped, status, variants } = experiment;
  if (layer.from > layer.enrolledTo || layer.enrolledTo > layer.to)
    faults.add(`${path}.layer`, "from ≤ enrolledTo ≤ to");
  const before = faults.count();
  checkArms(experiment, path, faults);
  if (faults.count() > before) return;
  const arms = new Map(armsOf(experiment).map((variant) => [variant.key, variant]));
  for (const role of ["control", "default"] as const)
    if (!arms.has(experiment[role])) faults.add(`${path}.${role}`, "the key of a variant");
  if (arms.get(experiment.control)?.dropped) faults.add(`${path}.control`, "a variant that is not dropped");
  overrides.forEach(({ variant }, index) => {
    if (!arms.has(variant)) faults.add(`${path}.overrides[${index}].variant`, "the key of a variant");
  });
  if (shipped !== null && (status !== "concluded" || !variants.some(({ key }) => key === shipped)))
    faults.add(`${path}.shipped`, "null, or the key of a variant once the experiment is concluded");
}

/** JSON that can be frozen, and whose names are nobody's prototype. */
function isJson(value: unknown, depth: number): boolean {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return true;
  if (typeof value !== "object") return Number.isFinite(value);
  if (depth === 0) return false;
  return Object.entries(value).every(([key, member]) => key !== "__proto__" && isJson(member, depth - 1));
}
