import type { Analysis } from "../verdict/generated/analysis.ts";
import {
  formatCount,
  formatExpected,
  formatPercent,
  formatPlainPercent,
  statePValue,
} from "../verdict/number-format.ts";
import { adjustmentLines } from "./adjustment-words.ts";
import { checkItems } from "./check-words.ts";
import { describeExclusion, SRM_WORDS } from "./health-words.ts";
import { lookLines } from "./look-words.ts";
import { METHOD_NAMES } from "./method-words.ts";
import { describeReason } from "./reason-words.ts";
import { describeRegistration, shortCommit } from "./registration-words.ts";
import { countOf, isSimulated, totalOf } from "./result.ts";
import { type Style, styleOf } from "./terminal-style.ts";
import { pad, plainText, wrap } from "./terminal-text.ts";
import { explorationText } from "./text-exploration.ts";
import { metricLines } from "./text-metrics.ts";
import { DECISIONS, type Tone } from "./verdict-words.ts";

interface TextOptions {
  /** Whether to use SGR colours. */
  readonly color: boolean;
  /** Columns of the terminal. Prose is wrapped to it, and the table leaves columns out to fit. */
  readonly width: number;
}

const SYMBOLS: Readonly<Record<Tone, string>> = { good: "✓", bad: "✗", waiting: "…", open: "~", broken: "!" };
const PAINTS = { good: "green", bad: "red", waiting: "blue", open: "yellow", broken: "yellow" } as const;

/** An Analysis for a terminal: verdict, reasons, health, metrics, and how it was computed. Ends with a line break. */
export function renderText(analysis: Analysis, { color, width }: TextOptions): string {
  const style = styleOf(color);
  const blocks = [
    verdictLines(analysis, style, width),
    healthLines(analysis, style, width),
    metricLines(analysis, style, width),
    adjustmentBlock(analysis, style, width),
    looksBlock(analysis, style, width),
    explorationText(analysis, style, width),
    methodLines(analysis, style, width),
  ].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function verdictLines(analysis: Analysis, style: Style, width: number): readonly string[] {
  const { decision, summary, reasons } = analysis.verdict;
  const { tone, label } = DECISIONS[decision];
  const paint = style[PAINTS[tone]];
  const title = `${style.bold(plainText(analysis.name))} ${style.dim(`${plainText(analysis.experiment)} · iteration ${analysis.iteration}`)}`;
  const told = reasons.flatMap((reason) => {
    const [first = "", ...rest] = wrap(plainText(describeReason(analysis, reason)), Math.max(20, width - 4));
    const bullet = reason.decides ? paint("•") : style.dim("·");
    return [`  ${bullet} ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  return [
    title,
    ...(isSimulated(analysis)
      ? [style.yellow("Simulated data: these numbers come from a simulated world.")]
      : []),
    "",
    paint(style.bold(`${SYMBOLS[tone]} ${label.toUpperCase()}`)),
    ...wrap(plainText(summary), width).map((line) => style.bold(line)),
    ...told,
  ];
}

function healthLines(analysis: Analysis, style: Style, width: number): readonly string[] {
  const { health, design, verdict } = analysis;
  const { srm, crossovers, excluded } = health;
  const words = SRM_WORDS[srm.status];
  const units = design.variants.map(({ variant }) => {
    const observed = `${plainText(variant)} ${formatCount(countOf(srm.observed, variant))}`;
    if (!Object.hasOwn(srm.expected, variant)) return `${observed}, dropped`;
    return `${observed} of ${formatExpected(countOf(srm.expected, variant))} expected`;
  });
  const left = Object.entries(excluded)
    .filter(([, counts]) => totalOf(counts) > 0)
    .map(
      ([reason, counts]) =>
        `${formatCount(totalOf(counts))} ${plainText(describeExclusion(reason)).toLowerCase()}`,
    );
  const item = (name: string, text: string, paint: (line: string) => string = (line) => line) =>
    wrap(text, Math.max(20, width - 14)).map(
      (line, index) => `  ${pad(index === 0 ? name : "", 12, "right")}${paint(line)}`,
    );
  return [
    style.bold("Health"),
    ...item(
      "split",
      `${words.text.toLowerCase()}, ${statePValue(srm.pValue)}: ${units.join(", ")}`,
      words.state === "ok" ? undefined : words.state === "failed" ? style.red : style.yellow,
    ),
    ...item(
      "crossovers",
      `${formatCount(crossovers.units)} (${formatPercent(crossovers.share)})`,
      crossovers.status === "failed" ? style.red : undefined,
    ),
    ...(left.length > 0 ? item("left out", left.join("; ")) : []),
    ...checkItems(analysis).flatMap(({ name, text, warns }) =>
      item(name, text, warns ? style.yellow : undefined),
    ),
    ...item(
      "plan",
      plainText(describeRegistration(analysis)),
      verdict.reasons.some(({ code }) => code === "plan-changed") ? style.red : undefined,
    ),
  ];
}

function adjustmentBlock(analysis: Analysis, style: Style, width: number): readonly string[] {
  const lines = adjustmentLines(analysis).flatMap((line) => wrap(plainText(line), Math.max(20, width - 2)));
  return lines.length > 0 ? [style.bold("Adjustments"), ...lines.map((line) => `  ${line}`)] : [];
}

function looksBlock(analysis: Analysis, style: Style, width: number): readonly string[] {
  const lines = lookLines(analysis).flatMap((line) => wrap(plainText(line), Math.max(20, width - 2)));
  return lines.length > 0 ? [style.bold("Looks"), ...lines.map((line) => `  ${line}`)] : [];
}

function methodLines(analysis: Analysis, style: Style, width: number): readonly string[] {
  const { design, metrics, asOf, specHash, commit, toolVersion } = analysis;
  const methods = [...new Set(metrics.map(({ method }) => method))];
  const lines = [
    `${METHOD_NAMES[design.method]}, two-sided error rate ${formatPlainPercent(design.alpha)}; ${methods.join("; ")}`,
    [
      asOf === null ? "final data" : `data up to ${asOf}`,
      `plan ${specHash.slice(0, 12)}`,
      ...(commit === null ? [] : [`commit ${shortCommit(commit)}`]),
      `Fairtrial ${toolVersion}`,
    ].join(" · "),
  ];
  return lines.flatMap((line) => wrap(plainText(line), width)).map(style.dim);
}
