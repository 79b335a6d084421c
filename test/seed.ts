import fc from "fast-check";

/**
 * Property tests repeat themselves: the same worlds on every machine, so that a change is judged by what it
 * changes. `npm run fuzz` looks for new ones.
 */
const chosen = process.env.FAIRTRIAL_SEED;
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: chosen === undefined ? 20_261_122 : chosen === "any" ? Date.now() : Number(chosen),
});
