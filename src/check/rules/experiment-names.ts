import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { Rule } from "../rule.ts";

/** Each experiment has a name of its own, in the files and in generated code. */
export const experimentNames: Rule = {
  codes: ["names/same-key", "names/same-identifier"],
  check: ({ experiments }) => {
    const emitted = experiments.filter(({ archived }) => !archived);
    return [
      ...clashes(experiments, ({ key }) => key, sameKey),
      ...clashes(distinct(emitted), ({ key }) => identifier(key), sameIdentifier),
    ];
  },
};

type Wording = (experiment: Experiment, other: Experiment) => readonly Diagnostic[];

function clashes(
  experiments: readonly Experiment[],
  nameOf: (experiment: Experiment) => string,
  wording: Wording,
): readonly Diagnostic[] {
  const first = new Map<string, Experiment>();
  return experiments.flatMap((experiment) => {
    const name = nameOf(experiment);
    const other = first.get(name);
    if (other === undefined) first.set(name, experiment);
    return other === undefined ? [] : wording(experiment, other);
  });
}

function distinct(experiments: readonly Experiment[]): readonly Experiment[] {
  return [...new Map(experiments.map((experiment) => [experiment.key, experiment])).values()];
}

function identifier(key: string): string {
  return key.replace(/-+(.)/g, (_, letter: string) => letter.toUpperCase());
}

function sameKey({ file, key }: Experiment, other: Experiment): readonly Diagnostic[] {
  return [diagnose("names/same-key", { file, path: ["name"], part: "key" }, { key }, relatedTo(other))];
}

function sameIdentifier({ file, key }: Experiment, other: Experiment): readonly Diagnostic[] {
  const args = { key, other: other.key, identifier: identifier(key) };
  return [diagnose("names/same-identifier", { file, path: ["name"], part: "key" }, args, relatedTo(other))];
}

function relatedTo({ file, key }: Experiment) {
  return { related: [{ place: { file, path: ["name"] }, label: `\`${key}\`` }] };
}
