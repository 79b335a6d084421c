import type { Experiment } from "../../model/experiment.ts";
import { formatShare } from "../../model/share.ts";
import { describeAudience } from "../condition-words.ts";
import { type Content, type Html, html } from "../html.ts";
import { dateRange, time } from "./day.ts";
import { definitionList, table } from "./table.ts";

/** The experiment as its file says it. */
export function definitionSection(experiment: Experiment): Html {
  const { layer } = experiment;
  const pairs: (readonly [string, Content])[] = [
    ["Hypothesis", experiment.hypothesis],
    ["Description", experiment.description],
    ["Owner", experiment.owner],
    ["Tags", experiment.tags.length > 0 && experiment.tags.join(", ")],
    ["Dates", dateRange(experiment.start, experiment.end)],
    ["Code removed by", experiment.removeBy && time(experiment.removeBy)],
    ["Randomised", `by ${experiment.unit.key}, iteration ${experiment.iteration}`],
    ["Audience", describeAudience(experiment.audience)],
    [
      "Layer",
      layer
        ? `${layer.layer.key}, from ${formatShare(layer.from)} to ${formatShare(layer.to)}`
        : "its own, all of it",
    ],
    ["Rollout", formatShare(experiment.rollout)],
    ["Exposure", describeExposure(experiment)],
    ["File", html`<code>${experiment.file}</code>`],
  ];
  return html`<section aria-labelledby="definition">
<h2 id="definition">Definition</h2>
${definitionList(pairs)}
${variantsTable(experiment)}
</section>`;
}

function variantsTable({ variants, control }: Experiment): Html {
  return table({
    caption: "Variants",
    columns: ["Variant", "Params", "Share"],
    rows: variants.map(({ key, share, params }) => [
      html`${key}${key === control && html` <small>control</small>`}`,
      Object.keys(params).length > 0 ? html`<code>${JSON.stringify(params)}</code>` : "none",
      formatShare(share),
    ]),
    words: [0, 1],
  });
}

function describeExposure({ exposure }: Experiment): string {
  if (exposure.kind === "assignment") return "on assignment";
  return exposure.kind === "explicit" ? "when the app says so" : `with the event ${exposure.event}`;
}
