"use client";

import { createElement, type ReactNode, useMemo } from "react";
import { type Arm, createExperiments, type Experiment } from "../../runtime/index.ts";
import type { ExperimentsPort } from "./provided.ts";
import { ExperimentsProvider } from "./provider.ts";
import type { ForcedVariants, ProvidedContext } from "./register.ts";
import { useUnchanged } from "./use-unchanged.ts";

export interface TestExperimentsProps {
  /** Variants by experiment; whoever is not in it is unassigned, unless the context says otherwise. */
  readonly force?: ForcedVariants | undefined;
  /** Default: nobody. */
  readonly context?: Partial<ProvidedContext> | undefined;
  /** Told of every exposure. */
  readonly onExpose?: ((experiment: string, variant: string) => void) | undefined;
  readonly children?: ReactNode;
}

/** A provider for tests and stories: forces variants, sends nothing. A variant that does not exist throws. */
export function TestExperiments({ force, context, onExpose, children }: TestExperimentsProps): ReactNode {
  const forced = useUnchanged((force ?? NOTHING) as Force);
  const experiments = useMemo(() => forcedExperiments(forced, onExpose), [forced, onExpose]);
  return createElement(
    ExperimentsProvider,
    { experiments, context: (context ?? NOTHING) as ProvidedContext & object },
    children,
  );
}

type Force = Readonly<Record<string, string | undefined>>;

const NOTHING = {};

function forcedExperiments(force: Force, onExpose: TestExperimentsProps["onExpose"]): ExperimentsPort {
  const { peek } = createExperiments({ now: () => 0, force });
  function peekForced<A extends Arm, Context>(
    experiment: Experiment<A, Context>,
    context: NoInfer<Context>,
  ): A {
    const arm = peek(experiment, context);
    const wanted = force[experiment.key];
    if (wanted === undefined || arm.variant === wanted) return arm;
    throw new Error(`${experiment.key} cannot give ${wanted}: it gives ${arm.variant ?? "no variant"}`);
  }
  function expose<A extends Arm, Context>(experiment: Experiment<A, Context>, context: NoInfer<Context>): A {
    const arm = peekForced(experiment, context);
    if (arm.variant !== null && arm.reason !== "concluded") onExpose?.(experiment.key, arm.variant);
    return arm;
  }
  return {
    peek: peekForced,
    expose,
    assign: (experiment, context) =>
      experiment.exposure === "assignment" ? expose(experiment, context) : peekForced(experiment, context),
  };
}
