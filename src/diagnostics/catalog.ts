import { audienceWords } from "./words/audience.ts";
import { dataWords } from "./words/data.ts";
import { experimentWords } from "./words/experiment.ts";
import { fileWords } from "./words/file.ts";
import { metricWords } from "./words/metric.ts";
import { planningWords } from "./words/planning.ts";
import { referenceWords } from "./words/reference.ts";
import { resolveWords } from "./words/resolve.ts";
import { schemaWords } from "./words/schema.ts";
import { trafficWords } from "./words/traffic.ts";
import { yamlWords } from "./words/yaml.ts";
import type { Arguments } from "./words.ts";

/** Every code with its words: the one place where a problem is put into language. */
export const catalog = {
  ...fileWords,
  ...yamlWords,
  ...schemaWords,
  ...audienceWords,
  ...dataWords,
  ...experimentWords,
  ...metricWords,
  ...planningWords,
  ...referenceWords,
  ...resolveWords,
  ...trafficWords,
};

export type Code = keyof typeof catalog;

/** The arguments that a code's words need. */
export type ArgumentsOf<C extends Code> = Parameters<(typeof catalog)[C]["message"]>[0] & Arguments;
