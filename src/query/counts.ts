/** Units per variant, in the experiment's order of variants. */
export type Counts = readonly number[];
