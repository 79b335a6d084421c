import type { MetricKind } from "../model/metric.ts";
import { conversion } from "./conversion.ts";
import type { Estimator } from "./estimator.ts";
import { meanLike } from "./mean-like.ts";
import { ratio } from "./ratio.ts";

/** How each kind of metric is estimated. */
export const estimators: Readonly<Record<MetricKind, Estimator>> = {
  conversion,
  count: meanLike,
  sum: meanLike,
  mean: meanLike,
  ratio,
};
