"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Arm, Attributes, Experiment } from "../../runtime/index.ts";
import type { ExperimentOptions, ExposeWhen, OptionalArgument } from "./options.ts";
import { type Provided, useProvided } from "./provided.ts";
import { shownArm } from "./shown-arm.ts";
import { useUnchanged } from "./use-unchanged.ts";
import { whenVisible } from "./visibility.ts";

/** The unit's arm, and how its exposure is logged by hand. */
export type ShownExperiment<A extends Arm = Arm> = A & {
  /** Logs the exposure, once, whatever the options say. Call it in handlers and effects, never in a render. */
  readonly expose: () => void;
  /** For the element that `expose: "visible"` watches. */
  readonly ref: (element: object | null) => void;
};

/**
 * The unit's arm in this component. Rendering is pure; the exposure is logged in an effect, once per unit and
 * variant, however often React renders, mounts or hydrates.
 */
export function useExperiment<A extends Arm, Context>(
  experiment: Experiment<A, Context>,
  ...[options]: OptionalArgument<ExperimentOptions<NoInfer<Context>>>
): ShownExperiment<A> {
  return useShownExperiment(experiment, (options ?? {}) as LooseOptions<A>);
}

/** `useExperiment` for components whose own types have seen to the context. */
export function useShownExperiment<A extends Arm, Context>(
  experiment: Experiment<A, Context>,
  { context: added, expose: when, shown }: LooseOptions<A>,
): ShownExperiment<A> {
  const provided = useProvided();
  const context = useUnchanged(added ? { ...provided.context, ...added } : provided.context);
  const { experiments, report } = provided;
  const assignments = added ? null : provided.assignments;
  const arm = useMemo(
    () => shown ?? shownArm(experiment, context, experiments, assignments),
    [experiment, context, experiments, assignments, shown],
  );
  const log = useExposure({ experiment: experiment as Experiment, arm, context, experiments, report });
  const expose = useCallback(() => log("expose"), [log]);
  const [element, setElement] = useState<object | null>(null);
  useEffect(() => {
    if (when === undefined) log("assign");
    if (when === "mount") expose();
    if (when === "visible" && element) return whenVisible(element, expose);
    return undefined;
  }, [when, log, expose, element]);
  const ref = when === "visible" ? setElement : ignore;
  return useMemo(() => ({ ...arm, expose, ref }), [arm, expose, ref]);
}

/** What the types of the options come to. */
export interface LooseOptions<A extends Arm = Arm> {
  readonly context?: Attributes | undefined;
  readonly expose?: ExposeWhen | undefined;
  /** The arm on the page. Default: the server's, or else this side's. */
  readonly shown?: A | undefined;
}

interface Shown extends Pick<Provided, "context" | "experiments" | "report"> {
  readonly experiment: Experiment;
  readonly arm: Arm;
}

/** `assign` logs as the experiment's file says, `expose` in any case. */
type Log = (how: "assign" | "expose") => void;

/**
 * Logs what is shown, once per unit and arm: also where this side knows too little to give an arm, but not where it
 * would have given another one.
 */
function useExposure({ experiment, arm, context, experiments, report }: Shown): Log {
  const logged = useRef({ assign: "", expose: "" });
  return useCallback(
    (how) => {
      if (arm.variant === null || arm.reason === "concluded") return;
      const shown = JSON.stringify([context[experiment.unit.id], experiment.key, arm.variant, arm.reason]);
      if (logged.current[how] === shown) return;
      logged.current[how] = shown;
      const assigned = experiments.peek<Arm, never>(experiment, context as never);
      const isSame = assigned.variant === arm.variant && assigned.reason === arm.reason;
      if (isSame || assigned.variant === null)
        experiments[how]<Arm, never>(experiment, context as never, arm);
      else report({ experiment: experiment.key, shown: arm.variant, assigned: assigned.variant });
    },
    [experiment, arm, context, experiments, report],
  );
}

function ignore(): void {}
