import type { Contrast } from "../model/contrasts.ts";
import { isBinary, type Metric } from "../model/metric.ts";
import { bootstrapBins, type CountedBin } from "../statistics/bootstrap-bins.ts";
import { mannWhitney } from "../statistics/mann-whitney.ts";
import { sumOfGroup } from "./arm-evidence.ts";
import type { BinsEvidence } from "./evidence.ts";
import type { Sensitivity } from "./metric-estimate.ts";

/** Fewer units in an arm, and ranks have no normal limit yet. */
const FEWEST_UNITS = 20;
const REPLICATES = 1000;

/** The same data by ranks, medians and resampling. Null for zeros and ones, where these say what the rates say, and without bins. */
export function lookOtherwise(
  metric: Metric,
  bins: BinsEvidence | undefined,
  contrast: Contrast,
  terms: { readonly alpha: number; readonly seedText: string },
): Sensitivity | null {
  if (bins === undefined || metric.per !== null || isBinary(metric.kind)) return null;
  const counted = bins.counts.map(({ values, units }) => ({
    values,
    control: sumOfGroup(units, contrast.against),
    variant: sumOfGroup(units, contrast.of),
  }));
  const smallest = Math.min(unitsOf(counted, "control"), unitsOf(counted, "variant"));
  if (smallest < 2) return null;
  const seed = seedOf(`${terms.seedText}/${metric.key}/${contrast.against.name}/${contrast.of.name}`);
  const interval = bootstrapBins(counted, { seed, confidence: 1 - terms.alpha, replicates: REPLICATES });
  const isSingle = bins.variables === 1;
  return {
    rank: isSingle && smallest >= FEWEST_UNITS ? rankOf(counted) : null,
    median: isSingle ? mediansOf(counted) : null,
    bootstrap: interval && { ...interval, replicates: REPLICATES, seed },
  };
}

function rankOf(counted: readonly CountedBin[]): Sensitivity["rank"] {
  const test = mannWhitney(
    counted.map(({ values, control, variant }) => ({ value: values[0]!, control, variant })),
  );
  return test && { statistic: test.statistic, pValue: test.pValue, probability: test.commonLanguage };
}

function mediansOf(counted: readonly CountedBin[]): Sensitivity["median"] {
  const ascending = [...counted].sort((a, b) => a.values[0]! - b.values[0]!);
  const [control, variant] = [medianOf(ascending, "control"), medianOf(ascending, "variant")];
  return { control, variant, difference: variant - control };
}

/** Between the two middle values where the units are even. */
function medianOf(ascending: readonly CountedBin[], arm: "control" | "variant"): number {
  const units = unitsOf(ascending, arm);
  const valueAt = (rank: number) => {
    let below = 0;
    for (const bin of ascending) {
      below += bin[arm];
      if (below > rank) return bin.values[0]!;
    }
    return Number.NaN;
  };
  return (valueAt(Math.floor((units - 1) / 2)) + valueAt(Math.ceil((units - 1) / 2))) / 2;
}

function unitsOf(counted: readonly CountedBin[], arm: "control" | "variant"): number {
  return counted.reduce((sum, bin) => sum + bin[arm], 0);
}

/**
 * FNV-1a, 32 bits: the same text gives the same seed for ever. Glenn Fowler, Landon Curt Noll, Kiem-Phong Vo, "The FNV
 * non-cryptographic hash algorithm", IETF draft (2019).
 */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
