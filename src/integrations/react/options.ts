import type { ProvidedContext } from "./register.ts";

/**
 * When the exposure is logged. `mount`: when the component is on the page. `visible`: when the element that has
 * the result's `ref` comes into view. `manual`: when the result's `expose` is called. Default: on mount, and as
 * the experiment's file says (an `explicit` exposure is not logged then, one by event waits for its event).
 */
export type ExposeWhen = "mount" | "visible" | "manual";

/**
 * How an experiment is used in a component. `context` adds to the provider's and wins over it; what the
 * experiment reads and the registered context lacks must be in it.
 */
export type ExperimentOptions<Context> = { readonly expose?: ExposeWhen | undefined } & (Record<
  never,
  never
> extends AddedContext<Context>
  ? { readonly context?: AddedContext<Context> | undefined }
  : { readonly context: AddedContext<Context> });

/** The argument that may be left out where nothing in it is needed. */
export type OptionalArgument<Options> =
  Record<never, never> extends Options ? [options?: Options] : [options: Options];

/** What the experiment reads: demanded where the provider's context lacks it, possible where it does not. */
export type AddedContext<Context> = {
  readonly [Key in keyof Context as Provides<Key, Context[Key]> extends true ? never : Key]: Context[Key];
} & {
  readonly [Key in keyof Context as Provides<Key, Context[Key]> extends true ? Key : never]?: Context[Key];
};

type Provides<Key, Value> = Key extends keyof ProvidedContext
  ? [ProvidedContext[Key]] extends [Value]
    ? true
    : false
  : false;
