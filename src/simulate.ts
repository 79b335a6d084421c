export { parseEffect, type SimulatedEffect } from "./simulate/options.ts";
export { simulate } from "./simulate/simulate.ts";
export type { SimulatedTable } from "./simulate/table.ts";
export type { TrueEffect } from "./simulate/truth.ts";
