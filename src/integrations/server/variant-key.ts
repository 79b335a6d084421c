import type { Arm, Experiment } from "../../runtime/index.ts";
import { readVariants, writeVariants } from "./variant-text.ts";

/**
 * The variants of arms as a part of a cache's key or of a path: `checkout:one-page.search:` where nobody's
 * variant is empty. The same arms give the same text.
 */
export function variantKey(arms: Readonly<Record<string, Pick<Arm, "variant">>>): string {
  return writeVariants(
    Object.entries(arms).map(([experiment, { variant }]) => [experiment, variant] as const),
  );
}

/**
 * The arm of an experiment that a `variantKey` names; null where it names none that the experiment has. A key
 * comes from a path, so anybody may write one: answer what is null with 404, or caches fill with copies.
 */
export function armOf<A extends Arm, Context>(key: string, experiment: Experiment<A, Context>): A | null {
  const variants = readVariants(key);
  if (!variants?.has(experiment.key)) return null;
  const variant = variants.get(experiment.key) ?? null;
  const first = experiment.settled[0]!;
  if (first.variant !== null) return first.variant === variant ? first : null;
  const arms: readonly A[] = variant === null ? experiment.settled : experiment.assigned;
  return arms.find((arm) => arm.variant === variant) ?? null;
}
