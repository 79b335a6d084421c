import type { Code } from "./catalog.ts";
import type { Explanation } from "./explanation.ts";
import { allocationExplanations } from "./explanations/allocation.ts";
import { analysisExplanations } from "./explanations/analysis.ts";
import { audienceExplanations } from "./explanations/audience.ts";
import { changeExplanations } from "./explanations/change.ts";
import { dataExplanations } from "./explanations/data.ts";
import { experimentExplanations } from "./explanations/experiment.ts";
import { fileExplanations } from "./explanations/file.ts";
import { historyExplanations } from "./explanations/history.ts";
import { looksExplanations } from "./explanations/looks.ts";
import { measureExplanations } from "./explanations/measure.ts";
import { metricExplanations } from "./explanations/metric.ts";
import { planningExplanations } from "./explanations/planning.ts";
import { referenceExplanations } from "./explanations/reference.ts";
import { rerunExplanations } from "./explanations/rerun.ts";
import { resolveExplanations } from "./explanations/resolve.ts";
import { schemaExplanations } from "./explanations/schema.ts";
import { suppressionExplanations } from "./explanations/suppression.ts";
import { trafficExplanations } from "./explanations/traffic.ts";
import { yamlExplanations } from "./explanations/yaml.ts";

/** Every code explained. A code without an explanation does not compile. */
export const explanations: Readonly<Record<Code, Explanation>> = {
  ...allocationExplanations,
  ...analysisExplanations,
  ...fileExplanations,
  ...yamlExplanations,
  ...schemaExplanations,
  ...audienceExplanations,
  ...changeExplanations,
  ...dataExplanations,
  ...experimentExplanations,
  ...historyExplanations,
  ...looksExplanations,
  ...measureExplanations,
  ...metricExplanations,
  ...planningExplanations,
  ...referenceExplanations,
  ...rerunExplanations,
  ...resolveExplanations,
  ...suppressionExplanations,
  ...trafficExplanations,
};
