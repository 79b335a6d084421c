"use client";

import { type Context, createContext, useContext } from "react";
import type { Arm, Attributes, Experiment, Experiments } from "../../runtime/index.ts";

/** What components need of `createExperiments()`. */
export type ExperimentsPort = Pick<Experiments, "assign" | "expose" | "peek">;

/** Arms by experiment, as `assignAll` gives them on the server; plain JSON. */
export interface Assignments {
  readonly [experiment: string]: Arm | undefined;
}

/** A unit was shown another arm than this side gives it; the exposure was not logged. */
export interface Mismatch {
  readonly experiment: string;
  /** The variant on the page. */
  readonly shown: string | null;
  /** What this side gives the same context; null too where it does not know the experiment. */
  readonly assigned: string | null;
}

export interface Provided {
  readonly experiments: ExperimentsPort;
  readonly context: Attributes;
  /** Null where they are not of this context. */
  readonly assignments: Assignments | null;
  readonly every: readonly Experiment[];
  readonly report: (mismatch: Mismatch) => void;
}

export const ProvidedExperiments: Context<Provided | null> = /* @__PURE__ */ createContext<Provided | null>(
  null,
);

/** What the provider above gives. Throws where there is none: a component cannot be assigned to nobody. */
export function useProvided(): Provided {
  const provided = useContext(ProvidedExperiments);
  if (!provided) throw new Error("experiments are used outside of <ExperimentsProvider>");
  return provided;
}
