import { formatShare } from "../model/share.ts";
import type { AssignmentStep, AssignmentTrace } from "../plan/trace-assignment.ts";
import type { ConditionTrace } from "../plan/trace-condition.ts";
import { describeAudience } from "./condition-words.ts";
import { type Style, styleOf } from "./terminal-style.ts";
import { plainText } from "./terminal-text.ts";

const NAMES = 10;

/** Why a unit gets what it gets, a line per decision, for a terminal. `id` is what was given as the unit's. */
export function renderAssignment(
  { experiment, iteration, unit, steps, arm }: AssignmentTrace,
  id: string,
  options: { readonly color: boolean },
): string {
  const style = styleOf(options.color);
  const outcome = arm.variant === null ? "no variant" : plainText(arm.variant);
  const color = arm.variant === null ? style.yellow : style.green;
  return [
    `${style.bold(experiment)} ${style.dim(`iteration ${iteration} · ${unit.key} ${plainText(JSON.stringify(id))}`)}`,
    "",
    ...steps.flatMap((step) => stepLines(step, style)),
    "",
    `${style.bold("→")} ${style.bold(color(outcome))}, reason ${arm.reason}, params ${plainText(JSON.stringify(arm.params))}`,
  ].join("\n");
}

function stepLines(step: AssignmentStep, style: Style): readonly string[] {
  const line = (passes: boolean | null, words: string, name: string = step.step) =>
    `  ${mark(passes, style)} ${name.padEnd(NAMES)}${words}`;
  switch (step.step) {
    case "concluded":
      return [line(true, `everybody gets ${plainText(step.shipped)}, the holdout too`)];
    case "unit": {
      const hashed = `${step.key} hashes to 0x${(step.hash ?? 0).toString(16).padStart(8, "0")}`;
      return [line(step.passes, step.passes ? hashed : `${step.key} is missing or empty: never a variant`)];
    }
    case "override": {
      const forced = `forces ${plainText(step.variant)}`;
      return [
        line(
          step.holds || null,
          step.holds ? `${forced}: its condition holds` : `does not hold; it ${forced}`,
        ),
        ...conditionLines(step.condition, 4, style),
      ];
    }
    case "status":
      return [line(step.passes, step.status)];
    case "holdout": {
      const below = step.passes ? "is not below" : "is below";
      const held = `place ${formatShare(step.place)} ${below} the share ${formatShare(step.share)}`;
      return [line(step.passes, `${held} ${style.dim(step.salt)}`)];
    }
    case "audience":
      if (step.condition === null) return [line(true, "everybody")];
      return [
        line(step.passes, step.passes ? "eligible" : "not eligible"),
        ...conditionLines(step.condition, 4, style),
      ];
    case "traffic":
      return [line(step.passes, `${trafficWords(step)} ${style.dim(step.salt)}`)];
    case "number": {
      const words = `${step.variant}: ${formatFraction(step.fraction)} of the way`;
      return [line(true, `${words} ${style.dim(step.salt)}`, step.parameter)];
    }
    case "planout": {
      const words = `${plainText(step.variant)}: ${step.operator} of 0x${step.hash}, ${formatFraction(step.fraction)} of 2^60`;
      return [line(true, `${words} ${style.dim(plainText(step.text))}`, step.parameter ?? "variant")];
    }
    case "dropped":
      return [line(false, `${plainText(step.variant)} is dropped: no variant, the control's params`)];
    case "variant":
    case "parameter":
      return [
        line(true, `place ${formatShare(step.place)} ${style.dim(step.salt)}`, step.parameter ?? "variant"),
        ...step.bounds.map(({ variant, from, to }) => {
          const words = `${formatShare(from)} to ${formatShare(to)}  ${plainText(variant)}`;
          return `      ${variant === step.variant ? style.bold(`▸ ${words}`) : style.dim(`  ${words}`)}`;
        }),
      ];
  }
}

function formatFraction(fraction: number): string {
  return fraction.toPrecision(6);
}

function trafficWords({ place, from, to, enrolledTo }: Extract<AssignmentStep, { step: "traffic" }>): string {
  const own = `place ${formatShare(place)}`;
  const range = `${formatShare(from)} to ${formatShare(to)}`;
  const enrolled = `${formatShare(from)} to ${formatShare(enrolledTo)}`;
  if (place >= from && place < enrolledTo) return `${own} is enrolled (${enrolled})`;
  if (place >= from && place < to)
    return `${own} is in the range ${range}, but the rollout reaches ${formatShare(enrolledTo)}`;
  return `${own} is outside the range ${range}`;
}

/** A tree of the parts; a lone test is one line. */
function conditionLines(trace: ConditionTrace, depth: number, style: Style): readonly string[] {
  const indent = " ".repeat(depth + 2);
  if (trace.kind === "test") {
    const { test, negated, found, missing, holds } = trace;
    const words = plainText(describeAudience(negated ? { kind: "not", condition: test } : test));
    const value = found === null ? "it is missing" : `found ${plainText(JSON.stringify(found))}`;
    const told = missing && found !== null ? `${value}, which it cannot be compared with` : value;
    return [`${indent}${mark(holds, style)} ${words} ${style.dim(`· ${told}`)}`];
  }
  const rule = trace.kind === "all" ? "all of" : "any of";
  return [
    `${indent}${mark(trace.holds, style)} ${rule}`,
    ...trace.parts.flatMap((part) => conditionLines(part, depth + 2, style)),
  ];
}

function mark(passes: boolean | null, style: Style): string {
  if (passes === null) return style.dim("·");
  return passes ? style.green("✓") : style.red("✗");
}
