import type { ExperimentChange, LayerChange } from "../plan/change-plan.ts";
import type { FieldChange } from "../plan/compare-experiments.ts";
import {
  type ChangeReport,
  changedExperiments,
  summaryLine,
  verdictLine,
  verdictOf,
} from "./change-verdict.ts";
import {
  arrow,
  describeKind,
  describeMovement,
  describePopulation,
  describePrice,
  describeRanges,
  describeValue,
  factsOf,
  isAhead,
  mdeRows,
  SYMBOLS,
} from "./change-words.ts";
import { type Style, styleOf } from "./terminal-style.ts";
import { plainText } from "./terminal-text.ts";
import { renderTextTable } from "./text-table.ts";

/** What merging would do, for a terminal: per experiment what changes and for whom, the layers, a verdict. */
export function renderChange(report: ChangeReport, options: { readonly color: boolean }): string {
  const style = styleOf(options.color);
  const { change, base } = report;
  const head = style.dim(`base ${plainText(base.ref)} at ${base.commit}`);
  if (change === null) return [head, verdict(report, style)].join("\n\n");
  const experiments = changedExperiments(change);
  const assumes = experiments.some(({ movement }) => movement?.assumesEligible);
  const notes = [
    experiments.some(({ movement }) => movement !== null)
      ? `Movement is measured over ${describePopulation(change)}${assumes ? ", each taken to be eligible (--contexts measures real ones)" : ""}.`
      : null,
  ].filter((note) => note !== null);
  const project = change.projectFields.flatMap((field) => [
    ...fieldLines([field], style),
    ...(field.experiments.length > 0 ? [`      touches ${field.experiments.join(", ")}`] : []),
  ]);
  return [
    head,
    ...experiments.map((experiment) => renderExperiment(experiment, style).join("\n")),
    ...(project.length > 0 ? [[style.bold("project.yaml"), ...project].join("\n")] : []),
    ...change.layers.flatMap((layer) => renderLayer(layer, style)),
    ...notes.map((note) => style.dim(note)),
    `${style.bold(summaryLine(change, report.stops))}\n${verdict(report, style)}`,
  ].join("\n\n");
}

function renderExperiment(change: ExperimentChange, style: Style): readonly string[] {
  const symbol = SYMBOLS[change.kind];
  const paint = symbol === "+" ? style.green : symbol === "-" ? style.red : style.yellow;
  const movement = describeMovement(change.movement);
  return [
    `${paint(symbol)} ${style.bold(change.experiment)} ${style.dim(describeKind(change))}`,
    ...fieldLines(change.fields, style),
    ...(movement ? [`    units: ${movement}`] : []),
    ...(change.carryOverUntil
      ? [`    carry-over: units of the former iteration until ${change.carryOverUntil}`]
      : []),
    ...(isAhead(change) ? planLines(change, style) : []),
  ];
}

function planLines(change: ExperimentChange, style: Style): readonly string[] {
  const facts = factsOf(change).map(({ label, before, after }) => {
    const text = change.before === null || change.after === null ? after : arrow(before, after);
    return `${label} ${text}`;
  });
  const curve = mdeRows(change);
  return [
    `    plan: ${facts.slice(0, 4).join(" · ")}`,
    `          ${facts.slice(4).join(" · ")}`,
    ...change.prices.map((price) => `    price: ${describePrice(price)}`),
    ...(curve.length > 0 ? renderTextTable(curve, style).map((line) => `    ${line}`) : []),
  ];
}

function fieldLines(fields: readonly FieldChange[], style: Style): readonly string[] {
  const width = Math.max(0, ...fields.map(({ field }) => field.length));
  return fields.map((field) => {
    const value = `${plainText(describeValue(field, field.before))} → ${plainText(describeValue(field, field.after))}`;
    const name = plainText(field.field).padEnd(width);
    if (field.weight === "refused") return `  ${style.red("✗")} ${name}  ${value}  ${style.red("refused")}`;
    if (field.weight === "attention")
      return `  ${style.yellow("!")} ${name}  ${value}  ${style.yellow("needs attention")}`;
    return `  ${style.green("✓")} ${name}  ${value}  ${style.dim("safe")}`;
  });
}

function renderLayer({ layer, before, after }: LayerChange, style: Style): readonly string[] {
  const [then, now] = [describeRanges(before), describeRanges(after)];
  if (then === now) return [];
  return [[style.bold(`layer ${layer}`), `  before  ${then}`, `  after   ${now}`].join("\n")];
}

function verdict(report: ChangeReport, style: Style): string {
  const line = verdictLine(report);
  const elsewhere =
    report.errorsElsewhere > 0
      ? `\n${report.errorsElsewhere} errors in files that this change does not touch do not keep it from passing.`
      : "";
  const found = verdictOf(report);
  if (found === "broken" || found === "refused") return style.red(line);
  return (found === "attention" ? style.yellow(line) : style.green(line)) + elsewhere;
}
