/** A size of effect or a margin. `relative` 0.05 is 5% of the control's value; `absolute` is in the metric's unit, rates as fractions. */
export interface Effect {
  readonly kind: "relative" | "absolute";
  /** Always positive; the direction comes from the metric's `better`. */
  readonly value: number;
}
