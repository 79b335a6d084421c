import type { Experiment } from "../../model/experiment.ts";
import type { ExperimentPlan } from "../../plan/plan.ts";
import type { Analysis } from "../../verdict/generated/analysis.ts";
import { type Html, html } from "../html.ts";
import { isSimulated } from "../result.ts";
import { statusChip } from "./chip.ts";
import { dateRange, time } from "./day.ts";
import { definitionSection } from "./definition-section.ts";
import { explorationSection } from "./exploration-section.ts";
import { healthSection } from "./health-section.ts";
import { looksSection } from "./looks-section.ts";
import { metricsSection } from "./metrics-section.ts";
import { planSection } from "./plan-section.ts";
import { powerSection } from "./power-section.ts";
import { problemSection } from "./problem-section.ts";
import { provenanceSection } from "./provenance-section.ts";
import { registrationSection } from "./registration-section.ts";
import { verdictSection } from "./verdict-section.ts";

/** An analysis, or the lines that say why there is none. */
export type Outcome = Analysis | { readonly problem: readonly string[] };

/** An experiment's page: verdict, health, metrics, days, exploration, power, plan, its registration, definition, provenance, in this order. */
export function experimentPage(
  experiment: Experiment,
  plan: ExperimentPlan | undefined,
  outcome: Outcome | undefined,
): Html {
  const analysis = outcome && "verdict" in outcome ? outcome : undefined;
  return html`<article>
${heading(experiment)}
${analysis && isSimulated(analysis) ? SIMULATED : null}
${decisionNotice(experiment)}
${outcome && "problem" in outcome ? problemSection(outcome.problem) : null}
${analysis ? html`${verdictSection(analysis)}\n${healthSection(analysis)}\n${metricsSection(analysis)}${looksSection(analysis)}${explorationSection(analysis)}\n${powerSection(analysis)}` : null}
${plan ? planSection(plan, experiment) : null}
${analysis ? registrationSection(analysis) : null}
${definitionSection(experiment)}
${analysis ? provenanceSection(analysis) : null}
</article>`;
}

const SIMULATED = html`<p class="notice simulated"><strong>Simulated data.</strong> These numbers come from a simulated world, not from people.</p>`;

function heading({ name, key, status, owner, start, end }: Experiment): Html {
  return html`<div class="heading">
<h1>${name}</h1>
<p class="meta">${statusChip(status)} <code>${key}</code> <span>${dateRange(start, end)}</span>${owner !== null && html` <span>${owner}</span>`}</p>
</div>`;
}

function decisionNotice({ decision }: Experiment): Html | null {
  return (
    decision &&
    html`<p class="notice"><strong>Decided on ${time(decision.date)} by ${decision.by}: ${decision.ship} is shipped.</strong> ${decision.why}</p>`
  );
}
