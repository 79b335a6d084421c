import type { Experiment } from "../model/experiment.ts";
import { propertyName, quote } from "./literal.ts";
import type { ExperimentNames } from "./names.ts";
import { type ImportStyle, specifier } from "./source-file.ts";

/** What the public face says of one experiment, as lines. */
export interface Listing {
  readonly imports: string;
  readonly exports: string;
  /** Members of the types `Variants` and `Known`. */
  readonly variants: string;
  readonly known: string;
  /** An item of `everyExperiment`. */
  readonly item: string;
}

export function listExperiment(
  experiment: Experiment,
  { arm, context, plan, value }: ExperimentNames,
  hasPlan: boolean,
  style: ImportStyle,
): Listing {
  const path = specifier(`./experiments/${experiment.key}`, style);
  const name = propertyName(experiment.key);
  const exports = [`type ${arm}`, `type ${context}`, value, ...(hasPlan ? [plan] : [])];
  const variants = experiment.variants.map(({ key }) => quote(key)).join(" | ");
  const open = experiment.draw.kind === "parameters" ? "string" : "never";
  return {
    imports: `import { type ${arm}, type ${context}, ${value} } from "${path}";`,
    exports: `export {\n${exports.map((exported) => `  ${exported},\n`).join("")}} from "${path}";`,
    variants: `  readonly ${name}: ${variants || open};\n`,
    known: `  readonly ${name}: {\n    readonly context: ${context};\n    readonly arm: ${arm};\n  };\n`,
    item: `  ${value},\n`,
  };
}
