import { setFlagsFromString } from "node:v8";

/** The newest Node whose V8 is known to have the flag; others would complain about it. */
const NEWEST_NODE = 24;

/**
 * Lets V8 wait nine times as long as it does by itself before it optimises a function. A command runs for a second or
 * two through much code, and compiling that code anew takes up to half of its time. What does the same again and again
 * for hours is better off without.
 */
export function tuneEngine(): void {
  const [major = Number.POSITIVE_INFINITY] = process.versions.node.split(".").map(Number);
  if (major <= NEWEST_NODE) setFlagsFromString("--interrupt-budget=600000");
}
