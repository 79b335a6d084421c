"use client";

import {
  createElement,
  type FunctionComponent,
  forwardRef,
  type JSXElementConstructor,
  type ReactNode,
  type RefAttributes,
} from "react";
import type { Arm, Attributes, Experiment } from "../../runtime/index.ts";
import type { AddedContext, OptionalArgument } from "./options.ts";
import { type LooseOptions, type ShownExperiment, useShownExperiment } from "./use-experiment.ts";

/**
 * `logs: "child"`: the component logs the exposure itself, by its `experiment.expose`. Default: it is logged on
 * mount. `context`, a value or a function of the props, adds to the provider's.
 */
export type WithExperimentOptions<Context, Props> = {
  readonly logs?: "mount" | "child" | undefined;
} & (Record<never, never> extends AddedContext<Context>
  ? { readonly context?: ContextBy<Context, Props> | undefined }
  : { readonly context: ContextBy<Context, Props> });

type ContextBy<Context, Props> = AddedContext<Context> | ((props: Props) => AddedContext<Context>);

/** Wraps a component that takes the prop `experiment`; the wrapped one takes the other props, and a ref. */
export interface ExperimentWrapper<A extends Arm, Needed> {
  <Props extends { readonly experiment: unknown }, Instance>(
    Wrapped: (new (props: Props) => Instance) & Takes<Props, A>,
  ): FunctionComponent<Omit<Props, "experiment" | "ref"> & Needed & RefAttributes<Instance>>;
  <Props extends { readonly experiment: unknown }>(
    Wrapped: ((props: Props) => ReactNode) & Takes<Props, A>,
  ): FunctionComponent<Omit<Props, "experiment"> & Needed>;
}

type Takes<Props extends { readonly experiment: unknown }, A extends Arm> =
  ShownExperiment<A> extends Props["experiment"]
    ? unknown
    : { readonly experiment: "the component's prop does not take this experiment's arms" };

/** Gives a component, a class too, the unit's arm as its prop `experiment`. */
export function withExperiment<A extends Arm, Context, Needed extends object = Record<never, never>>(
  experiment: Experiment<A, Context>,
  ...[options]: OptionalArgument<WithExperimentOptions<NoInfer<Context>, Needed>>
): ExperimentWrapper<A, Needed> {
  const { logs, context } = (options ?? {}) as LooseWrapperOptions;
  return (Wrapped: unknown) => {
    const Component = Wrapped as JSXElementConstructor<object> & { readonly displayName?: string };
    const WithExperiment = forwardRef<unknown, object>((props, ref) => {
      const use: LooseOptions = {
        context: typeof context === "function" ? context(props) : context,
        expose: logs === "child" ? "manual" : logs,
      };
      const shown = useShownExperiment(experiment, use);
      return createElement(Component, { ...props, experiment: shown, ...(ref ? { ref } : {}) } as object);
    });
    WithExperiment.displayName = `withExperiment(${experiment.key})(${Component.displayName ?? Component.name})`;
    return WithExperiment as never;
  };
}

interface LooseWrapperOptions {
  readonly logs?: "mount" | "child" | undefined;
  readonly context?: Attributes | ((props: object) => Attributes) | undefined;
}
