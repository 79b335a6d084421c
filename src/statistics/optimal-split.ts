import { requireAnswer, requirePositive } from "./domain.ts";
/**
 * Shares of a control and `variants` equal variants that make the comparisons with the control most precise for a total of units: √variants : 1
 * for each variant, times the ratio of standard deviations. Charles W. Dunnett, "A multiple comparison procedure for comparing several
 * treatments with a control", *JASA* 50 (1955), section 6. Standard deviations default to equal ones.
 */
export function optimalSplit(
  variants: number,
  standardDeviations: { readonly control: number; readonly variant: number } = { control: 1, variant: 1 },
): { readonly control: number; readonly variant: number } {
  requirePositive("the number of variants", variants);
  requirePositive("a standard deviation", standardDeviations.control);
  requirePositive("a standard deviation", standardDeviations.variant);
  const weight = Math.sqrt(variants) * standardDeviations.control;
  const total = weight + variants * standardDeviations.variant;
  return requireAnswer({ control: weight / total, variant: standardDeviations.variant / total });
}
