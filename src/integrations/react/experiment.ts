"use client";

import { createElement, Fragment, type ReactNode } from "react";
import type { Arm, Experiment as CompiledExperiment } from "../../runtime/index.ts";
import type { ExperimentOptions } from "./options.ts";
import { type LooseOptions, useShownExperiment } from "./use-experiment.ts";

/** What a variant shows: a node, or a function of the variant's params. */
export type Branch<Params> = ReactNode | ((params: Params) => ReactNode);

/** A branch for every variant. */
export type Branches<A extends Arm> = {
  readonly [Variant in Exclude<A["variant"], null>]: Branch<
    Extract<A, { readonly variant: Variant }>["params"]
  >;
};

/** The variants whose branch fits the unassigned, who have the default's params. */
type FallbackVariant<A extends Arm> = {
  readonly [Variant in Exclude<A["variant"], null>]: Extract<
    A,
    { readonly variant: null }
  >["params"] extends Extract<A, { readonly variant: Variant }>["params"]
    ? Variant
    : never;
}[Exclude<A["variant"], null>];

export type ExperimentProps<A extends Arm, Context> = {
  readonly of: CompiledExperiment<A, Context>;
  readonly children: NoInfer<Branches<A>>;
} & (null extends A["variant"]
  ? {
      /** The variant whose branch the unassigned see, usually the control; null: they see nothing. */
      readonly unassigned: NoInfer<FallbackVariant<A>> | null;
    }
  : { readonly unassigned?: NoInfer<FallbackVariant<A>> | null }) &
  ExperimentOptions<NoInfer<Context>>;

/**
 * Shows the branch of the unit's variant. With `expose: "visible"` a `span` without a size stands before the
 * branch and is watched: where no `span` may stand, use the hook.
 */
export function Experiment<A extends Arm, Context>(props: ExperimentProps<A, Context>): ReactNode {
  const { of, children, unassigned, ...options } = props;
  const shown = useShownExperiment(of, options as LooseOptions);
  const variant = shown.variant ?? unassigned ?? null;
  const branches: { readonly [variant: string]: Branch<unknown> } = children;
  const branch = variant !== null && Object.hasOwn(branches, variant) ? branches[variant] : null;
  const content = typeof branch === "function" ? branch(shown.params) : branch;
  if (options.expose !== "visible") return content;
  return createElement(
    Fragment,
    null,
    createElement("span", { ref: shown.ref, "aria-hidden": true }),
    content,
  );
}
