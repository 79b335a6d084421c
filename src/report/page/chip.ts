import type { Status } from "../../model/experiment.ts";
import { type Html, html } from "../html.ts";
import type { DecisionWord } from "../result.ts";
import { DECISIONS, STATUSES } from "../verdict-words.ts";
import { icon } from "./icon.ts";

/** A decision as an icon and its words. */
export function decisionChip(decision: DecisionWord): Html {
  const { label, tone } = DECISIONS[decision];
  return html`<span class="chip ${tone}">${icon(tone)}${label}</span>`;
}

/** An experiment's status. */
export function statusChip(status: Status): Html {
  return html`<span class="chip status">${STATUSES[status]}</span>`;
}

/** What stands in a verdict's place when the analysis could not be made. */
export function problemChip(): Html {
  return html`<span class="chip broken">${icon("broken")}No analysis</span>`;
}
