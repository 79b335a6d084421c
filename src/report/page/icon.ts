import type { CheckState } from "../health-words.ts";
import { type Html, html } from "../html.ts";
import type { Tone } from "../verdict-words.ts";

/** Outlines on a 16 × 16 grid. Each tone and state has a shape of its own, so colour is never alone. */
const OUTLINES = {
  good: "M8 1.5A6.5 6.5 0 1 0 8 14.5A6.5 6.5 0 1 0 8 1.5ZM5 8.3L7.2 10.5L11.2 5.9",
  bad: "M5.3 1.5H10.7L14.5 5.3V10.7L10.7 14.5H5.3L1.5 10.7V5.3ZM5.6 5.6L10.4 10.4M10.4 5.6L5.6 10.4",
  waiting: "M4 1.5H12M4 14.5H12M4.8 1.5V4.2L8 8L11.2 4.2V1.5M4.8 14.5V11.8L8 8L11.2 11.8V14.5",
  open: "M8 1.5A6.5 6.5 0 1 0 8 14.5A6.5 6.5 0 1 0 8 1.5ZM4.8 8.6C6 6.6 7 7.2 8 8C9 8.8 10 9.4 11.2 7.4",
  broken: "M8 1.5L15 14H1ZM8 6V9.6M8 11.4V12",
  ok: "M2.5 8.5L6.3 12.3L13.5 4",
  warning: "M8 1.5L15 14H1ZM8 6V9.6M8 11.4V12",
  failed: "M3 3L13 13M13 3L3 13",
  unknown: "M3 8H13",
  safe: "M2.5 8.5L6.3 12.3L13.5 4",
  unsafe: "M8 1.5L15 14H1ZM8 6V9.6M8 11.4V12",
} as const satisfies Record<Tone | CheckState | "safe" | "unsafe", string>;

/** A decision's or a check's icon, in the colour of the text around it. */
export function icon(name: keyof typeof OUTLINES): Html {
  return html`<svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d="${OUTLINES[name]}"/></svg>`;
}
