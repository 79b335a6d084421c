import { allocationWords } from "./words/allocation.ts";
import { analysisWords } from "./words/analysis.ts";
import { audienceWords } from "./words/audience.ts";
import { changeWords } from "./words/change.ts";
import { dataWords } from "./words/data.ts";
import { experimentWords } from "./words/experiment.ts";
import { fileWords } from "./words/file.ts";
import { historyWords } from "./words/history.ts";
import { looksWords } from "./words/looks.ts";
import { measureWords } from "./words/measure.ts";
import { metricWords } from "./words/metric.ts";
import { planningWords } from "./words/planning.ts";
import { referenceWords } from "./words/reference.ts";
import { rerunWords } from "./words/rerun.ts";
import { resolveWords } from "./words/resolve.ts";
import { schemaWords } from "./words/schema.ts";
import { suppressionWords } from "./words/suppression.ts";
import { trafficWords } from "./words/traffic.ts";
import { yamlWords } from "./words/yaml.ts";
import type { Arguments } from "./words.ts";

/** Every code with its words: the one place where a problem is put into language. */
export const catalog = {
  ...allocationWords,
  ...analysisWords,
  ...fileWords,
  ...yamlWords,
  ...schemaWords,
  ...audienceWords,
  ...changeWords,
  ...dataWords,
  ...experimentWords,
  ...historyWords,
  ...looksWords,
  ...measureWords,
  ...metricWords,
  ...planningWords,
  ...referenceWords,
  ...rerunWords,
  ...resolveWords,
  ...suppressionWords,
  ...trafficWords,
};

export type Code = keyof typeof catalog;

/** The arguments that a code's words need. */
export type ArgumentsOf<C extends Code> = Parameters<(typeof catalog)[C]["message"]>[0] & Arguments;
