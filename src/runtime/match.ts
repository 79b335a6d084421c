import type { Arm } from "./experiment.ts";

type CaseOf<A extends Arm> = A extends { readonly variant: infer Variant extends string }
  ? Variant
  : "unassigned";

type ArmOf<A extends Arm, Case> = A extends { readonly variant: infer Variant }
  ? (Variant extends string ? Variant : "unassigned") extends Case
    ? A
    : Case extends Variant
      ? A & { readonly variant: Case }
      : never
  : never;

type Every<A extends Arm> = { readonly [Case in CaseOf<A>]: (arm: ArmOf<A, Case>) => unknown };

/** A case for every variant and for `unassigned`, or for some of them and `otherwise` for all others. */
export type Cases<A extends Arm> =
  | Every<A>
  | (Partial<Every<A>> & { readonly otherwise: (arm: A) => unknown });

declare const inferring: unique symbol;

/** What cases are inferred within. It has a key that no cases have, and so is told from them. */
type SomeCases<A extends Arm> = Partial<Every<A>> & {
  readonly otherwise?: (arm: A) => unknown;
  readonly [inferring]?: never;
};

/** What cases are held against, so that the compiler's message names the variant that is missing. */
type Complete<A extends Arm, Given> = [Given] extends [Cases<A>]
  ? unknown
  : typeof inferring extends keyof Given
    ? unknown
    : Every<A>;

/** What no case can be: the compiler's message names the one that the arm cannot come to. */
type Impossible<Case> = { readonly [Name in Case & string]: `the arm is never ${Name}` };

/**
 * What the case of the arm's variant gives. A variant without a case, and a case without a variant, are compile
 * errors: `match(arm, { control: () => 3, "one-page": ({ params }) => params.steps, unassigned: () => 3 })`.
 */
export function match<A extends Arm, const Given extends SomeCases<A>>(
  arm: A,
  cases: Given & Complete<A, Given> & Impossible<Exclude<keyof Given, CaseOf<A> | "otherwise">>,
): Given[keyof Given] extends (arm: never) => infer Result ? Result : never {
  const given: Readonly<Record<string, unknown>> = cases;
  const own = arm.variant ?? "unassigned";
  const handle = given[Object.keys(given).includes(own) ? own : "otherwise"];
  return (handle as (arm: A) => never)(arm);
}
