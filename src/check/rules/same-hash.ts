import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic, Related } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import { type HashSpace, hashSpaces, holdoutSalt } from "../../model/manifest.ts";
import type { Project } from "../../model/project.ts";
import { hash } from "../../runtime/hash.ts";
import type { Rule } from "../rule.ts";

/**
 * No two hash spaces of one kind of unit are the same by chance: a salt counts by its 32-bit hash, and salts of equal
 * hashes place every unit at the same point, so that two draws go together for all units.
 */
export const sameHash: Rule = {
  codes: ["names/same-hash"],
  check: (project) => {
    const spaces = spacesOf(project);
    const taken = new Map<string, Space>();
    return spaces.flatMap((space) => {
      const other = taken.get(space.place);
      if (other === undefined) taken.set(space.place, space);
      return other === undefined || other.salt === space.salt ? [] : report(space, other, taken);
    });
  },
};

/** A hash space, and whose it is; null: the holdout's. */
interface Space {
  readonly salt: string;
  readonly draws: HashSpace["draws"] | "holdout";
  readonly owner: Experiment | null;
  /** The same of all spaces in which units have the same places. */
  readonly place: string;
}

function spacesOf({ experiments, holdout }: Project): readonly Space[] {
  const drawn = experiments.filter(({ archived, status }) => !archived && status !== "concluded");
  const held: readonly Space[] = holdout
    ? [
        {
          salt: holdoutSalt(holdout),
          draws: "holdout",
          owner: null,
          place: placeOf(holdout.unit.key, holdoutSalt(holdout)),
        },
      ]
    : [];
  return [...held, ...drawn.flatMap(ownSpaces)];
}

/** Of experiments that are judged again beside one that changed. */
const known = new WeakMap<Experiment, readonly Space[]>();

function ownSpaces(owner: Experiment): readonly Space[] {
  const spaces =
    known.get(owner) ??
    hashSpaces(owner).map(({ draws, salt }) => ({
      salt,
      draws,
      owner,
      place: placeOf(owner.unit.key, salt),
    }));
  known.set(owner, spaces);
  return spaces;
}

function placeOf(unit: string, salt: string): string {
  return `${unit} ${hash(salt)}`;
}

function report(one: Space, other: Space, taken: ReadonlyMap<string, Space>): readonly Diagnostic[] {
  const [mover, stays] = easeOf(one) >= easeOf(other) ? [one, other] : [other, one];
  const { owner } = mover;
  if (owner === null) return [];
  const related: readonly Related[] = stays.owner
    ? [{ place: { file: stays.owner.file, path: ["name"] }, label: `\`${stays.owner.key}\`` }]
    : [];
  const args = {
    experiment: owner.key,
    draws: wordsOf(mover),
    other: stays.owner?.key ?? "",
    otherDraws: wordsOf(stays),
    iteration: mover.draws === "enrolment" ? 0 : freeIteration(owner, taken),
    layer: mover.draws === "enrolment" ? (owner.layer?.layer.key ?? "") : "",
  };
  return [diagnose("names/same-hash", { file: owner.file, path: ["name"], part: "key" }, args, { related })];
}

/** What is changed with the least harm: a draft before what runs, an iteration before a key or a layer. */
function easeOf({ draws, owner }: Space): number {
  if (owner === null) return -1;
  return (owner.status === "draft" ? 2 : 0) + (draws === "enrolment" ? 0 : 1);
}

/** The next iteration whose spaces are all free. */
function freeIteration(owner: Experiment, taken: ReadonlyMap<string, Space>): number {
  for (let iteration = owner.iteration + 1; ; iteration++) {
    const own = hashSpaces({ ...owner, iteration }).filter(({ draws }) => draws !== "enrolment");
    if (own.every(({ salt }) => !taken.has(placeOf(owner.unit.key, salt)))) return iteration;
  }
}

const WORDS: Readonly<Record<Space["draws"], string>> = {
  enrolment: "who is enrolled in",
  variant: "the variants of",
  parameter: "a parameter of",
  holdout: "the holdout",
};

function wordsOf({ draws }: Space): string {
  return WORDS[draws];
}
