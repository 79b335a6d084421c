import { type Moments, momentsOf } from "../statistics/moments.ts";
import { drawUnits } from "./moments-of-worlds.ts";
import type { Sampler } from "./sampler.ts";

/** Lognormal values with σ = 1, skewed as money is; without a lift their mean is √e. */
export function heavyArm(sampler: Sampler, units: number, lift: number): Moments {
  return drawUnits(units, 1, () => [(1 + lift) * Math.exp(sampler.normal())]);
}

/** Revenue and orders of a unit that goes on buying: who buys often spends more an order; 20 an order over all, without a lift. */
export function ordersArm(sampler: Sampler, units: number, lift: number): Moments {
  return drawUnits(units, 2, () => {
    const eagerness = 0.5 + sampler.uniform();
    const orders = sampler.poisson(2 * eagerness);
    // E[orders·price] / E[orders] = 16·E[e·(e + c)] / E[e] = 20 with e uniform on [½, 1½].
    const price = 16 * (eagerness + 1 / 6) * Math.exp(0.5 * sampler.normal() - 0.125);
    return [(1 + lift) * orders * price, orders];
  });
}

/** An arm seen by what was randomised, and by its users. */
interface ClusteredArm {
  /** Of (sum over a cluster's users, their number). */
  readonly clusters: Moments;
  readonly users: Moments;
}

/** Users of organisations that were randomised: 1 to 19 each, a fifth of their variance their organisation's; mean 10 without a lift. */
export function clusteredArm(sampler: Sampler, clusters: number, lift: number): ClusteredArm {
  const users: number[][] = [];
  const rows = Array.from({ length: clusters }, () => {
    const size = 1 + Math.floor(19 * sampler.uniform());
    const level = 10 * (1 + lift) + Math.sqrt(0.2) * 3 * sampler.normal();
    let sum = 0;
    for (let user = 0; user < size; user++) {
      const value = level + Math.sqrt(0.8) * 3 * sampler.normal();
      users.push([value]);
      sum += value;
    }
    return [sum, size];
  });
  return { clusters: momentsOf(rows, 2), users: momentsOf(users, 1) };
}

/** A lognormal value and the same unit's value before exposure. */
export function pairedArm(sampler: Sampler, units: number, lift: number): Moments {
  return drawUnits(units, 2, () => {
    const before = sampler.normal();
    const now = 0.8 * before + 0.6 * sampler.normal();
    return [(1 + lift) * Math.exp(now), Math.exp(before)];
  });
}

/** Money that 3% of units spend: no mean of a hundred units is near normal. */
export function rarePayersArm(sampler: Sampler, units: number): Moments {
  return drawUnits(units, 1, () => [sampler.uniform() < 0.03 ? Math.exp(sampler.normal()) : 0]);
}
