import { type Html, html } from "../html.ts";

/** A bar of how much of the plan has come. Decoration: the percentage stands beside it. */
export function progress(share: number): Html {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 60);
  return html`<svg class="progress" width="60" height="6" viewBox="0 0 60 6" aria-hidden="true"><rect class="track" width="60" height="6" rx="3"/><rect class="bar" width="${width}" height="6" rx="3"/></svg>`;
}
