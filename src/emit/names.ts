/** The names under which an experiment is emitted. */
export interface ExperimentNames {
  readonly value: string;
  readonly plan: string;
  readonly arm: string;
  readonly context: string;
}

const RESERVED = [
  ..."arguments await break case catch class const continue debugger default delete do else enum eval export".split(
    " ",
  ),
  ..."extends false finally for function if implements import in instanceof interface let new null package".split(
    " ",
  ),
  ..."private protected public return static super switch this throw true try typeof undefined var void".split(
    " ",
  ),
  ..."while with yield NaN Infinity Math Date globalThis".split(" "),
  ..."assign createExperiments createWith everyExperiment hostPorts logPorts createAwaited createExposureLog createLogWith unitNames defineExperiment shipExperiment place giveEverybody contains lacks".split(
    " ",
  ),
  ..."isNoneOf compareNumbers compareDates hasPart lacksPart startsWith startsOtherwise endsWith endsOtherwise".split(
    " ",
  ),
  ..."matches mismatches pattern compareVersions comparePreReleases AssignedArm UnassignedArm ShippedArm".split(
    " ",
  ),
  ..."drawCell drawValues dropVariants byBounds evenly listed counted decimal isUnit match".split(" "),
  ..."planOutEvenly planOutByWeights planOutTrial planOutDecimal planOut operators load".split(" "),
];

/**
 * Names for experiments, all different and none taken by the language or the emitted code: `buy-button` becomes
 * `buyButton`. A plan gives way to an experiment where both would have one name.
 */
export function nameExperiments(keys: readonly string[]): ReadonlyMap<string, ExperimentNames> {
  const taken = new Set(RESERVED);
  const claim = (candidates: Iterable<readonly string[]>): readonly string[] => {
    for (const names of candidates) {
      if (names.some((name) => taken.has(name) || !/^[A-Za-z]/.test(name))) continue;
      for (const name of names) taken.add(name);
      return names;
    }
    throw new Error("candidates never end");
  };
  const experiments = [...keys].sort().map((key) => ({ key, names: claim(experimentCandidates(key)) }));
  return new Map(
    experiments.map(({ key, names: [value = "", arm = "", context = ""] }) => {
      const [plan = ""] = claim(numbered(`${value}Plan`, (name) => [name]));
      return [key, { value, plan, arm, context }];
    }),
  );
}

function* experimentCandidates(key: string): Generator<readonly string[]> {
  const pascal = key
    .split(/[^A-Za-z0-9]+/)
    .map(capitalise)
    .join("");
  const names = (type: string) => [
    type.charAt(0).toLowerCase() + type.slice(1),
    `${capitalise(type)}Arm`,
    `${capitalise(type)}Context`,
  ];
  yield names(pascal);
  yield* numbered(`Experiment${pascal}`, names);
}

function* numbered(name: string, names: (name: string) => readonly string[]): Generator<readonly string[]> {
  yield names(name);
  for (let number = 2; ; number++) yield names(`${name}${number}`);
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
