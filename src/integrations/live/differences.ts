import {
  type Arm,
  type Attributes,
  canonicalJson,
  type Experiment,
  type Json,
  load,
  type ManifestExperiment,
  OVERRIDE,
} from "../../runtime/index.ts";

/** Units that a draw is asked about: two draws that agree on all of them are one. */
const ASKED = 64;

/**
 * In what an entry's chance is not a compiled experiment's: its unit, its iteration, its variants with their
 * shares and params, or its draw. Empty where every unit draws the same arm.
 */
export function differences<Context>(
  compiled: Experiment<Arm, Context>,
  entry: ManifestExperiment,
): readonly string[] {
  const live = load({ ...entry, shipped: null });
  const same = {
    unit: compiled.unit.id === live.unit.id && compiled.unit.key === live.unit.key,
    iteration: compiled.iteration === live.iteration,
    variants: variantsText(compiled) === variantsText(live),
    draw: compiled.salt === live.salt && drawsText(compiled, entry) === drawsText(live, entry),
  };
  return Object.entries(same).flatMap(([part, isSame]) => (isSame ? [] : part));
}

/** The variants with their params and shares, dropped ones as they were. */
function variantsText<Context>({ settled, variants }: Experiment<Arm, Context>): string {
  return canonicalJson([
    variants.map(({ share }) => share),
    settled.slice(OVERRIDE).map(({ variant, params }) => [variant, params as Json]),
  ]);
}

/** What an experiment with a draw of its own draws for units whose ids are of no concern. */
function drawsText<Context>({ draw, settled }: Experiment<Arm, Context>, entry: ManifestExperiment): string {
  if (!draw) return "";
  const arms = settled.slice(OVERRIDE);
  const names = unitNames(entry);
  const drawn = Array.from({ length: ASKED }, (_, index): Json => {
    const context: Attributes = Object.fromEntries(names.map((name) => [name, `${name}-${index}`]));
    // Any integer is the hash of some unit; these are spread evenly.
    const { variant, params } = draw(arms, Math.imul(index + 1, 0x9e3779b1), context);
    return [variant, params as Json];
  });
  return canonicalJson(drawn);
}

/** Context keys of the ids that a draw may hash. */
function unitNames({ draw, unit }: ManifestExperiment): readonly string[] {
  const hashes = draw.kind === "parameters" ? draw.parameters.map(({ hash }) => hash) : [draw.hash];
  return [unit.id, ...hashes.flatMap((hash) => (typeof hash === "string" ? [] : hash.planout.units))];
}
