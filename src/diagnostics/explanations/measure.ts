import type { Explanations } from "../explanation.ts";

/** What `plan --baseline` meets in the data and the files that it measures and writes. */
export const measureExplanations = {
  "measure/no-units": {
    why: "A baseline is measured on units that were met on certain days and followed for the metric's window. Nobody was, or nobody's window had passed when the data end. The usual days are the last four whole weeks that a window follows; `--from` and `--to` name others, and `--entry` names the event that brings units in.",
    example: null,
  },
  "measure/no-whole-week": {
    why: "People act otherwise on Mondays than on Sundays, so what is measured over part of a week is not what a run of whole weeks will see. With less than a week of data, or a window that leaves less, only days that you name with `--from` and `--to` are measured.",
    example: null,
  },
  "measure/impossible-value": {
    why: "A rate of 0% or 100%, a value that never varies, or a ratio without a denominator gives no sample size. More often than not the metric reads the wrong event or filter, or the units were met through the very event that it counts. Such a value is shown and never written.",
    example: {
      bad: {
        "metrics/purchase-rate.yaml": "# no baseline\n«name»: Purchase rate\nevent: refund\n",
        "project.yaml":
          "events:\n  purchase: { source: app, units: [user], properties: { amount: number } }\n  refund: { source: app, units: [user] }\n",
      },
      good: { "metrics/purchase-rate.yaml": "name: Purchase rate\nevent: purchase\n" },
    },
  },
  "measure/hidden-audience": {
    why: "The plan of an experiment for some units reckons with what those units do. Who they are is told by the attributes that exposures are logged with, where the audience asks for equality, presence or the order of numbers; lists, dates, versions and parts of texts cannot be asked, nor attributes that are not logged. The metric's own baseline, over all units, is measured all the same.",
    example: null,
  },
  "measure/several-units": {
    why: "Purchases per user and purchases per organisation are different numbers, and a metric's file has place for one baseline. It is left as it is; the baseline of an experiment's primary metric is written into the experiment's `planning` instead.",
    example: null,
  },
  "measure/no-days": {
    why: "Without timestamps, or with one row per unit, nothing says when a unit was met. All rows are measured, and what is written says how many units there were, but no days.",
    example: null,
  },
  "measure/not-written": {
    why: "A measured value is put into the file so that nothing else changes. Where it stands behind an alias or an anchor, others would change with it; where it was dated before and these data have no days, the old ones would stay.",
    example: null,
  },
} satisfies Explanations;
