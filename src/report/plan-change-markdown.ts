import type { ChangePlan, ExperimentChange } from "../plan/change-plan.ts";
import type { FieldChange } from "../plan/compare-experiments.ts";
import {
  type ChangeReport,
  changedExperiments,
  type Remark,
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
  type Fact,
  factsOf,
  isAhead,
  mdeRows,
  SYMBOLS,
} from "./change-words.ts";
import { escapeMarkdown, markdownCode } from "./markdown-text.ts";

/** A comment or a job summary on GitHub holds more, but nobody reads it. In UTF-8. */
const LARGEST = 60_000;

/** Errors first. */
const MOST_REMARKS = 20;

const SIGNS = { broken: "❌", refused: "❌", attention: "⚠️", changes: "✅", none: "✅" } as const;
const WEIGHTS = { safe: "safe", attention: "**needs attention**", refused: "**refused**" } as const;

/** What merging would do, as GitHub-flavoured Markdown: the verdict, a table, and what is behind it, folded. */
export function renderChangeMarkdown(report: ChangeReport): string {
  const { change, base, remarks } = report;
  const lines = [
    `${SIGNS[verdictOf(report)]} **${escapeMarkdown(verdictLine(report))}**`,
    "",
    `${change ? `${summaryLine(change, report.stops)}. ` : ""}Compared with ${markdownCode(base.ref)} at ${markdownCode(base.commit.slice(0, 12))}.`,
  ];
  if (report.errorsElsewhere > 0)
    lines.push(
      "",
      `${report.errorsElsewhere} errors in files that this change does not touch do not keep it from passing.`,
    );
  if (remarks.length > 0) lines.push("", ...remarkLines(remarks));
  return withinLimit(lines.join("\n"), change ? sectionsOf(change) : []);
}

function sectionsOf(change: ChangePlan): readonly string[] {
  const changed = changedExperiments(change);
  if (changed.length === 0 && change.projectFields.length === 0) return [];
  return [
    overview(changed),
    projectSection(change),
    ...change.layers.map((layer) => {
      const [before, after] = [describeRanges(layer.before), describeRanges(layer.after)];
      return before === after
        ? ""
        : `Layer ${markdownCode(layer.layer)}\n\n| | traffic |\n|---|---|\n| before | ${escapeMarkdown(before)} |\n| after | ${escapeMarkdown(after)} |`;
    }),
    ...changed.filter((change) => change.fields.length > 0 || isAhead(change)).map(details),
    footnote(change, changed),
  ].filter((section) => section !== "");
}

function overview(changed: readonly ExperimentChange[]): string {
  if (changed.length === 0) return "";
  const rows = changed.map((change) => {
    const { movement } = change;
    const [changes, leaves] =
      movement && movement.before > 0 ? [movement.changed, movement.left] : [null, null];
    const [units, , days] = factsOf(change);
    const cells = [
      `${markdownCode(SYMBOLS[change.kind])} ${markdownCode(change.experiment)}`,
      escapeMarkdown(describeKind(change)),
      share(changes, movement?.before),
      share(leaves, movement?.before),
      share(movement?.entered ?? null, movement?.units),
      planned(change, units),
      planned(change, days),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| experiment | change | change variant | leave | enter | units to expose | days |",
    "|---|---|--:|--:|--:|--:|--:|",
    ...rows,
  ].join("\n");
}

function details(change: ExperimentChange): string {
  const movement = describeMovement(change.movement);
  return [
    `<details><summary><code>${html(change.experiment)}</code>: ${html(describeKind(change))}</summary>`,
    ...(change.fields.length > 0 ? ["", fieldTable(change.fields)] : []),
    ...(movement ? ["", `Units: ${escapeMarkdown(movement)}.`] : []),
    ...(change.carryOverUntil
      ? ["", `Units of the former iteration carry it over until ${change.carryOverUntil}.`]
      : []),
    ...(isAhead(change) ? planLines(change) : []),
    "",
    "</details>",
  ].join("\n");
}

function planLines(change: ExperimentChange): readonly string[] {
  const [weeks, ...finds] = mdeRows(change);
  return [
    "",
    "| plan | before | after |",
    "|---|--:|--:|",
    ...factsOf(change).map(
      ({ label, before, after }) => `| ${label} | ${escapeMarkdown(before)} | ${escapeMarkdown(after)} |`,
    ),
    ...(change.prices.length > 0 ? [""] : []),
    ...change.prices.map((price) => `- ${escapeMarkdown(describePrice(price))}`),
    ...(weeks
      ? ["", row(weeks), row(weeks.map((_, index) => (index === 0 ? "---" : "--:"))), ...finds.map(row)]
      : []),
  ];
}

/** A fact of the planned run in a cell; none where it matters no more. */
function planned(change: ExperimentChange, fact: Fact | undefined): string {
  if (fact === undefined || !isAhead(change)) return "—";
  return escapeMarkdown(change.before === null ? fact.after : arrow(fact.before, fact.after));
}

function projectSection({ projectFields }: ChangePlan): string {
  if (projectFields.length === 0) return "";
  const touched = projectFields
    .filter(({ experiments }) => experiments.length > 0)
    .map(
      ({ field, experiments }) =>
        `- ${markdownCode(field)} touches ${experiments.map(markdownCode).join(", ")}`,
    );
  return [
    `In ${markdownCode("project.yaml")}:`,
    "",
    fieldTable(projectFields),
    ...(touched.length > 0 ? ["", ...touched] : []),
  ].join("\n");
}

function fieldTable(fields: readonly FieldChange[]): string {
  const cell = (text: string) => escapeMarkdown(text.length > 300 ? `${text.slice(0, 300)}…` : text);
  return [
    "| field | before | after | |",
    "|---|---|---|---|",
    ...fields.map(
      (field) =>
        `| ${markdownCode(field.field)} | ${cell(describeValue(field, field.before))} | ${cell(describeValue(field, field.after))} | ${WEIGHTS[field.weight]} |`,
    ),
  ].join("\n");
}

function footnote(change: ChangePlan, changed: readonly ExperimentChange[]): string {
  if (!changed.some(({ movement }) => movement !== null)) return "";
  const assumes = changed.some(({ movement }) => movement?.assumesEligible);
  return `Movement is measured by running both versions of the assignment over ${describePopulation(change)}${
    assumes ? ", each taken to be eligible" : ""
  }.`;
}

function remarkLines(remarks: readonly Remark[]): readonly string[] {
  const inOrder = [...remarks].sort(
    (a, b) => Number(b.severity === "error") - Number(a.severity === "error"),
  );
  const more = remarks.length - MOST_REMARKS;
  return [...inOrder.slice(0, MOST_REMARKS).map(remarkLine), ...(more > 0 ? [`- ${more} more`] : [])];
}

function remarkLine({ severity, code, message, help, file, line }: Remark): string {
  const sign = severity === "error" ? "❌" : "⚠️";
  const mend = help === null ? "" : ` → ${sentence(help)}`;
  return `- ${sign} ${markdownCode(`${file}:${line}`)} ${sentence(message)}${mend} (${markdownCode(code)})`;
}

/** Words of the catalog quote names in backticks; what is quoted may hold anything. */
function sentence(text: string): string {
  return escapeMarkdown(text.replaceAll("`", ""));
}

/** Sections until the text would be too large; how many are left out is said. */
function withinLimit(head: string, sections: readonly string[]): string {
  const encoder = new TextEncoder();
  const room = LARGEST - 200;
  let text = head;
  if (encoder.encode(text).length > room) text = `${cut(text, room)}\n\n…`;
  for (const [index, section] of sections.entries()) {
    const longer = `${text}\n\n${section}`;
    if (encoder.encode(longer).length > room)
      return `${text}\n\n${sections.length - index} more sections are left out; \`fairtrial plan --base\` shows them.\n`;
    text = longer;
  }
  return `${text}\n`;
}

/** Whole lines from the beginning, at most so many bytes. */
function cut(text: string, bytes: number): string {
  const encoder = new TextEncoder();
  const kept: string[] = [];
  let size = 0;
  for (const line of text.split("\n")) {
    size += encoder.encode(line).length + 1;
    if (size > bytes) break;
    kept.push(line);
  }
  return kept.join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function share(count: number | null, whole = 0): string {
  if (count === null || whole === 0) return "—";
  return count === 0 ? "0%" : `${Number(((100 * count) / whole).toPrecision(3))}%`;
}

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
