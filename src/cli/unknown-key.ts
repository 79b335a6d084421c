import { suggest } from "../diagnostics/suggest.ts";
import { visible } from "../diagnostics/visible-text.ts";
import { UsageError } from "./exit.ts";

/** How many keys are listed where none resembles the one that was typed. */
const MOST = 12;

/** That there is nothing of this key, and which one may have been meant. */
export function unknownKey(what: string, key: string, known: readonly string[]): UsageError {
  const near = suggest(key, known);
  const rest = known.length > MOST ? `, and ${known.length - MOST} more` : "";
  const list = known.length === 0 ? "there is none" : `there are: ${known.slice(0, MOST).join(", ")}${rest}`;
  return new UsageError(
    `there is no ${what} ${visible(key)}; ${near === null ? list : `did you mean ${near}?`}`,
  );
}
