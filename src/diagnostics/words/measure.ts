import { words } from "../words.ts";

/** What keeps a baseline from being measured in the warehouse, or from being written. */
export const measureWords = {
  "measure/no-units": words<{ subject: string; unit: string; where: string }>({
    severity: "warning",
    title: "Nobody to measure",
    message: ({ subject, unit, where }) => `${subject} is not measured: no \`${unit}\` ${where}`,
    help: () => "name other days with `--from` and `--to`, or the event that brings units in with `--entry`",
  }),
  "measure/no-whole-week": words<{ subject: string; first: string; last: string; window: string }>({
    severity: "warning",
    title: "No whole week to measure",
    message: ({ subject, first, last, window }) =>
      `${subject} is not measured: rows from ${first} to ${last} hold no whole week${window === "" ? "" : ` that a window of ${window} follows`}`,
    help: () => "name days with `--from` and `--to`: part of a week is not like a week",
  }),
  "measure/impossible-value": words<{ subject: string; found: string; units: number }>({
    severity: "warning",
    title: "What was measured cannot be a baseline",
    message: ({ subject, found, units }) =>
      `${subject} is ${found} in ${units} units, which no plan can reckon with; it is not written`,
    help: () => "look at the metric's event, its filters and the days; a rate needs units of both kinds",
  }),
  "measure/hidden-audience": words<{ experiment: string; why: string }>({
    severity: "note",
    title: "Who is eligible cannot be told from the data",
    message: ({ experiment, why }) => `the eligible of ${experiment} are not measured: ${why}`,
    help: () => "`planning` in the experiment's file says what it is among them",
  }),
  "measure/several-units": words<{ metric: string; units: readonly string[] }>({
    severity: "warning",
    title: "A metric is used per several kinds of unit",
    message: ({ metric, units }) =>
      `\`${metric}\` is used per ${units.map((unit) => `\`${unit}\``).join(" and ")}: its file can hold one baseline, and is not written`,
    help: () => "write `planning.baseline` in the experiments; `--write` does where it is the primary metric",
  }),
  "measure/no-days": words<Record<never, never>>({
    severity: "warning",
    title: "Data without timestamps have no days",
    message: () => "the data have no timestamps: all rows are measured, whatever the days",
    help: () => "leave out `--from` and `--to`, or name the columns of the timestamps",
  }),
  "measure/not-written": words<{ problem: string }>({
    severity: "warning",
    title: "A measured value cannot be written by itself",
    message: ({ problem }) => `the measured value is not written: ${problem}`,
    help: () => "write it by hand",
  }),
};
