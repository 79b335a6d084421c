/** A change that a variant makes to a metric, against the control. */
export interface SimulatedEffect {
  readonly variant: string;
  readonly metric: string;
  /** Relative, above −1: 0.1 is 10% more. */
  readonly change: number;
}

export interface SimulationOptions {
  /** Whole number; the same seed gives the same rows. */
  readonly seed: number;
  /** Units that arrive per experiment; how many are exposed is for assignment to say. */
  readonly units: number;
  readonly effects: readonly SimulatedEffect[];
  /** Keys; empty: every experiment that is no draft and has dates. */
  readonly experiments: readonly string[];
}

/** Why there is nothing to simulate: one sentence, as a person would say it. */
export interface SimulationProblem {
  readonly kind: "problem";
  readonly message: string;
}

export function problem(message: string): SimulationProblem {
  return { kind: "problem", message };
}

/** Reads `<variant>:<metric>=<change>%`, such as `one-page:checkout-conversion=+10%`. */
export function parseEffect(text: string): SimulatedEffect | SimulationProblem {
  const [, variant, metric, percent] =
    /^([A-Za-z0-9_-]+|[A-Za-z_]\w*=.+):([A-Za-z0-9_-]+)=([+-]?\d{1,6}(?:\.\d{1,6})?)%$/.exec(text) ?? [];
  if (variant === undefined || metric === undefined) {
    return problem(
      `\`${text}\` is not an effect; write \`<variant>:<metric>=<change>%\`, such as \`one-page:checkout-conversion=+10%\``,
    );
  }
  const change = Number(percent) / 100;
  if (change < -1) return problem(`\`${text}\` takes away more than there is; the least change is -100%`);
  return { variant, metric, change };
}
