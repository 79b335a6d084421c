import type { Experiment } from "../model/experiment.ts";
import { hashUnits } from "../model/hash-units.ts";
import type { Attribute } from "../model/population.ts";
import type { Project } from "../model/project.ts";
import { evaluate } from "../runtime/targeting.ts";
import { drawAttribute } from "./draw-attribute.ts";
import { type Random, randomStream } from "./random.ts";
import { happens } from "./sampling.ts";
import { type Context, satisfy } from "./satisfy.ts";

/** Of the units that arrive: who is in the audience, who is forced into a variant, who lacks an attribute. */
const ELIGIBLE = 0.92;
const FORCED = 0.01;
const INCOMPLETE = 0.02;

const MOST_TRIES = 20;

/** `<experiment>-<unit>-<seed>-000123`: other seeds have other units. */
export function unitId(experiment: Experiment, unit: string, seed: number, index: number): string {
  return `${experiment.key}-${unit}-${seed}-${String(index).padStart(6, "0")}`;
}

/** Attributes of a unit: in most cases eligible, in few forced. */
export function drawContext(project: Project, experiment: Experiment, seed: number, id: string): Context {
  const random = randomStream(seed, `${id}/context`);
  const attributes = new Map(project.attributes.map((attribute) => [attribute.key, attribute]));
  const wishes = [
    ...(experiment.audience === null
      ? []
      : [{ condition: experiment.audience, holds: happens(random, ELIGIBLE) }]),
    ...experiment.overrides.map(({ when }) => ({ condition: when, holds: happens(random, FORCED) })),
  ];
  let context = drawAttributes(random, attributes);
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    for (const { condition, holds } of wishes) {
      if (evaluate(condition, context) !== holds) satisfy(random, context, condition, holds, attributes);
    }
    if (wishes.every(({ condition, holds }) => evaluate(condition, context) === holds)) break;
    context = drawAttributes(random, attributes);
  }
  for (const key of attributes.keys()) if (happens(random, INCOMPLETE / attributes.size)) delete context[key];
  const hashed = hashUnits(experiment);
  for (const unit of project.units) if (hashed.includes(unit.id)) context[unit.id] = `${id}-${unit.key}`;
  context[experiment.unit.id] = id;
  return context;
}

function drawAttributes(random: Random, attributes: ReadonlyMap<string, Attribute>): Context {
  const context: Context = Object.create(null);
  for (const [key, attribute] of attributes) context[key] = drawAttribute(random, attribute);
  return context;
}
