import type { Metric, MetricKind } from "../model/metric.ts";
import { clustered } from "./clustered.ts";
import { conversion } from "./conversion.ts";
import type { Estimator } from "./estimator.ts";
import { meanLike } from "./mean-like.ts";
import { quantile } from "./quantile.ts";
import { ratio } from "./ratio.ts";

/** How a metric is estimated: by its kind, and where it is measured on other units than the randomised ones, by members. */
export function estimatorOf({ kind, per }: Pick<Metric, "kind" | "per">): Estimator {
  return per === null ? BY_KIND[kind] : clustered;
}

const BY_KIND: Readonly<Record<MetricKind, Estimator>> = {
  conversion,
  retention: conversion,
  funnel: conversion,
  count: meanLike,
  sum: meanLike,
  mean: meanLike,
  quantile,
  ratio,
};
