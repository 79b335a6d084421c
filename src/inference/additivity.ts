import { levelsOf, mainContrasts } from "../model/contrasts.ts";
import type { Experiment } from "../model/experiment.ts";
import { type LackOfFit, lackOfFit } from "../statistics/lack-of-fit.ts";
import type { Reading } from "./estimator.ts";

/**
 * Whether the effects of several parameters add up in every cell: the cells' means against a model of main effects alone.
 * Null where main effects are not asked for, with one parameter, and where a cell has no mean or no variance.
 */
export function testAdditivity(experiment: Experiment, cells: readonly Reading[]): LackOfFit | null {
  const contrasts = mainContrasts(experiment);
  const parameters = [...new Set(contrasts.map(({ parameter }) => parameter))];
  if (parameters.length < 2) return null;
  const levels = parameters.map((parameter) => levelsOf(experiment, parameter).slice(1));
  return lackOfFit(
    cells.map(({ sample }, index) => ({
      value: sample?.mean ?? null,
      standardError: sample && Math.sqrt(sample.variance / sample.units),
      terms: levels.flatMap((values) => values.map((level) => Number(level.cells.includes(index)))),
    })),
  );
}
