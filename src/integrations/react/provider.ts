"use client";

import { createElement, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Attributes, Experiment } from "../../runtime/index.ts";
import { type Assignments, type ExperimentsPort, type Mismatch, ProvidedExperiments } from "./provided.ts";
import type { ProvidedContext } from "./register.ts";
import { useUnchanged } from "./use-unchanged.ts";

export interface ExperimentsProviderProps {
  /** Of the app's `createExperiments()`. */
  readonly experiments: ExperimentsPort;
  /** Who is here: ids and attributes. A literal is fine: it is compared by its members. */
  readonly context: ProvidedContext & object;
  /**
   * What the server assigned to the same context (`assignAll`). Shown as it is until the context changes, so
   * hydration finds what the server rendered.
   */
  readonly assignments?: Assignments | undefined;
  /** The generated `everyExperiment`: only needed by an `ExposureBeacon` that names its experiment by key. */
  readonly every?: readonly Experiment[] | undefined;
  /** Told where an exposure is not logged because the unit was shown another arm than this side gives it. */
  readonly onMismatch?: ((mismatch: Mismatch) => void) | undefined;
  readonly children?: ReactNode;
}

/** Gives the components below their experiments. */
export function ExperimentsProvider({
  experiments,
  context: given,
  assignments,
  every = NONE,
  onMismatch,
  children,
}: ExperimentsProviderProps): ReactNode {
  const context = useUnchanged(given as Attributes);
  const valid = useAssignmentsOf(context, assignments);
  const report = useReport(onMismatch);
  const provided = useMemo(
    () => ({ experiments, context, assignments: valid, every, report }),
    [experiments, context, valid, every, report],
  );
  return createElement(ProvidedExperiments.Provider, { value: provided }, children);
}

const NONE: readonly Experiment[] = [];

/** The assignments, as long as the context is the one that they came with. */
function useAssignmentsOf(context: Attributes, assignments: Assignments | undefined): Assignments | null {
  const [origin, setOrigin] = useState({ context, assignments });
  if (origin.assignments === assignments) return origin.context === context ? (assignments ?? null) : null;
  setOrigin({ context, assignments });
  return assignments ?? null;
}

/** One function for all renders, so that a new handler is no change for the components below. */
function useReport(handler: ExperimentsProviderProps["onMismatch"]): (mismatch: Mismatch) => void {
  const current = useRef(handler);
  useEffect(() => {
    current.current = handler;
  }, [handler]);
  return useCallback((mismatch) => current.current?.(mismatch), []);
}
