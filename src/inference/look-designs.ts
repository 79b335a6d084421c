import type { LookMethod } from "../model/experiment.ts";
import { groupSequential } from "./group-sequential.ts";
import type { LookDesign } from "./look-design.ts";
import { sequential } from "./sequential.ts";

/** How each method that looks more than once does it. */
export const lookDesigns: Readonly<Record<Exclude<LookMethod, "fixed">, LookDesign>> = {
  sequential,
  "group-sequential": groupSequential,
};
