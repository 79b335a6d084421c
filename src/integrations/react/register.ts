/**
 * What an app says once, so that the types of its hooks know it: `context`, the type of the provider's context,
 * and `variants`, the `Variants` of its generated code.
 *
 * ```ts
 * declare module "fairtrial/react" {
 *   interface Register { context: AppContext; variants: Variants }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: apps add to it.
export interface Register {}

/** The type of the provider's context; without registration nothing is known of it. */
export type ProvidedContext = Register extends { readonly context: infer Context }
  ? Context
  : Record<never, never>;

/** Variants by experiment: those of the registered `variants`, or any. */
export type ForcedVariants = Register extends { readonly variants: infer Variants }
  ? { readonly [Key in keyof Variants]?: Variants[Key] | undefined }
  : { readonly [experiment: string]: string | undefined };
