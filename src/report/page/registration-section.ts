import type { Analysis, Registration } from "../../verdict/generated/analysis.ts";
import { type Content, type Html, html } from "../html.ts";
import {
  describeRegistration,
  describeUnreadable,
  describeWeight,
  shortCommit,
} from "../registration-words.ts";
import { time } from "./day.ts";
import { definitionList, table } from "./table.ts";

/** When the plan was fixed, by the record of git, and what was changed since. */
export function registrationSection(analysis: Analysis): Html {
  const { registration } = analysis;
  return html`<section aria-labelledby="registration">
<h2 id="registration">Pre-registration</h2>
${registration === null ? html`<p>The plan is ${describeRegistration(analysis)}.</p>` : record(analysis, registration)}
</section>`;
}

function record({ specHash }: Analysis, registration: Registration): Html {
  const { commit, date, changes } = registration;
  const unreadable = describeUnreadable(registration);
  const isSame = specHash === registration.specHash;
  return html`${definitionList([
    ["Plan fixed at", html`<code>${commit}</code>`],
    ["On", date === null ? null : time(date)],
    [
      "Frozen parts",
      isSame
        ? html`the same today: <code>${specHash.slice(0, 12)}</code>`
        : html`<code>${registration.specHash.slice(0, 12)}</code> then, <code>${specHash.slice(0, 12)}</code> today`,
    ],
  ])}
${changes.length === 0 ? html`<p>Nothing in the plan was changed since.</p>` : changeTable(changes)}
${unreadable !== "" && html`<p class="notice">${unreadable}</p>`}
<details>
<summary>The plan as it was fixed</summary>
<pre tabindex="0"><code>${JSON.stringify(registration.spec, null, 2)}</code></pre>
</details>`;
}

function changeTable(changes: Registration["changes"]): Html {
  const rows = changes.flatMap(({ commit, date, fields }) =>
    fields.map((change): readonly Content[] => [
      html`<code>${change.field}</code>`,
      value(change.before),
      value(change.after),
      change.spoils ? html`<strong>${describeWeight(change)}</strong>` : describeWeight(change),
      html`<code>${shortCommit(commit)}</code>`,
      time(date),
    ]),
  );
  return table({
    caption: "Changed since",
    note: "as the gate judges a change of a running experiment",
    columns: ["Field", "Then", "Changed to", "Gate", "Commit", "Date"],
    rows,
    words: [0, 1, 2, 3, 4, 5],
  });
}

/** Whole: it breaks where the page is narrow. */
function value(written: unknown): Html {
  if (written === null || written === undefined) return html`none`;
  return html`<code>${typeof written === "string" ? written : JSON.stringify(written)}</code>`;
}
