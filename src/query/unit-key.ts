import { binary, literal } from "../sql/expressions.ts";
import type { Expression } from "../sql/tree.ts";

/*
 * A unit's key is one number: a number of its own, which of the experiments that are analysed together it is in,
 * and the index of its variant.
 */

const VARIANTS = 1n << 12n;
/** Experiments, and units that their metrics are measured on, that are analysed together. */
const OWNERS = 1n << 14n;

/** The least difference between the keys of two units of one table. */
export const KEY_STEP = VARIANTS * OWNERS;

/** The key of the unit with a number of its own. */
export function keyOf(ownNumber: Expression, owner: number, variant: Expression): Expression {
  const own = binary("times", ownNumber, literal(KEY_STEP));
  const shared = owner === 0 ? own : binary("plus", own, literal(BigInt(owner) * VARIANTS));
  return binary("plus", shared, variant);
}

/** The variant's index in a unit's key. */
export function variantOfKey(key: Expression): Expression {
  return binary("bit-and", key, literal(VARIANTS - 1n));
}

/** Whether a unit is of the experiment. */
export function isOwned(key: Expression, owner: number): Expression {
  const shared = binary("bit-and", key, literal(KEY_STEP - VARIANTS));
  return binary("equal", shared, literal(BigInt(owner) * VARIANTS));
}
