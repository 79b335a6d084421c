/** Name and version of this runtime, as messages carry them. */
export const RUNTIME = "fairtrial/0.1.0";
