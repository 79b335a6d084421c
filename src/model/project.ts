import type { Experiment } from "./experiment.ts";
import type { EventDeclaration, Metric } from "./metric.ts";
import type { Attribute, Audience, Holdout, Layer, Unit } from "./population.ts";
import type { Warehouse } from "./warehouse.ts";

/** Everything that the files say, with names turned into references and defaults into values. */
export interface Project {
  readonly kind: "project";
  /** Of `project.yaml`, relative to the root folder. */
  readonly file: string;
  readonly name: string;
  /** IANA name. */
  readonly timezone: string;
  readonly units: readonly Unit[];
  readonly attributes: readonly Attribute[];
  readonly layers: readonly Layer[];
  readonly holdout: Holdout | null;
  readonly events: readonly EventDeclaration[];
  readonly metrics: readonly Metric[];
  readonly audiences: readonly Audience[];
  /** Sorted by key, archived ones included. */
  readonly experiments: readonly Experiment[];
  readonly warehouse: Warehouse | null;
  readonly emit: {
    /** How import specifiers in emitted files end. */
    readonly imports: "js" | "none" | "ts";
    /** Which integrations are copied beside the runtime: sorted, each once. */
    readonly integrations: readonly string[];
    /** Whether the keys of OpenFeature's clients are typed. */
    readonly openfeature: boolean;
  };
}
