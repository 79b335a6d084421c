import { WHOLE } from "../model/share.ts";
import { armsOf } from "../runtime/cell.ts";
import { hash } from "../runtime/hash.ts";
import { otherUnits } from "../runtime/load.ts";
import type { Condition, ManifestExperiment } from "../runtime/manifest.ts";
import { commentText } from "./comment.ts";
import { conditionCode } from "./condition-code.ts";
import { type Expression, expressionText, FALSE, hoistConstants, TRUE, usesOf } from "./expression.ts";
import { integer, propertyOf } from "./literal.ts";
import type { SourceFile } from "./source-file.ts";

/** A condition, and what is settled where it holds. */
interface Check {
  readonly condition: Expression;
  /** The condition says who stays, not whom it settles. */
  readonly negated?: boolean;
  /** A constant of the runtime, and what is added to it. */
  readonly outcome: string;
  readonly index?: number;
  /** A statement that the condition builds on. */
  readonly before?: string;
  readonly remark?: string;
  /** Many experiments have the same condition with the same outcome. */
  readonly shared?: boolean;
}

/** The function that settles what chance does not decide, as a member of an object; null where all is chance. */
export function settleCode(entry: ManifestExperiment, file: SourceFile): string | null {
  const possible = [...unitChecks(entry), ...overrideChecks(entry), ...exclusionChecks(entry)].filter(
    (check) => !isConstant(check, false),
  );
  if (possible.length === 0) return null;
  const certain = possible.findIndex((check) => isConstant(check, true));
  const checks = (certain < 0 ? possible : possible.slice(0, certain + 1)).map((check) => {
    const condition = hoistConstants(check.condition, file.constant);
    return condition === check.condition ? check : { ...check, condition };
  });
  const written = checks.map(writtenOf);
  const uses = written.flatMap((check) => check.uses);
  for (const name of [...uses, ...checks.map(({ outcome }) => outcome)]) file.value(name);
  const lines = written.flatMap((check) => check.lines);
  if (certain < 0) lines.push(`return ${file.value("BY_CHANCE")};`);
  const body = lines.map((line) => `    ${line}\n`).join("");
  return `settle(${parameters(checks.some(readsContext), uses.includes("place"))}) {\n${body}  }`;
}

/** Who lacks an id that is hashed too has no unit. */
function unitChecks(entry: ManifestExperiment): readonly Check[] {
  return otherUnits(entry).map((key) => ({
    condition: { text: `isUnit(${propertyOf("context", key)})`, uses: ["isUnit"] },
    negated: true,
    outcome: "NO_UNIT",
  }));
}

function overrideChecks(entry: ManifestExperiment): readonly Check[] {
  const arms = armsOf(entry);
  return entry.overrides
    .map(({ variant, when }) => ({
      condition: conditionCode(when),
      outcome: "OVERRIDE",
      index: arms.findIndex(({ key }) => key === variant),
      remark: commentText(variant),
    }))
    .filter(({ index }) => index >= 0);
}

function exclusionChecks({ audience, holdout, layer, status }: ManifestExperiment): readonly Check[] {
  if (status !== "running") return [{ condition: TRUE, outcome: "NOT_RUNNING" }];
  const checks: Check[] = [];
  if (holdout && holdout.share > 0)
    checks.push({ condition: placed(holdout.salt, `< ${integer(holdout.share)}`), outcome: "HOLDOUT" });
  if (audience)
    checks.push({
      condition: audienceCode(audience),
      negated: true,
      outcome: "NOT_IN_AUDIENCE",
      shared: true,
    });
  const [below, above] = [`< ${integer(layer.from)}`, `>= ${integer(layer.enrolledTo)}`];
  const outcome = "NOT_IN_TRAFFIC";
  if (layer.from > 0)
    checks.push({
      before: `const enrolment = place(unit, ${hash(layer.salt)});`,
      condition: { text: `enrolment ${below} || enrolment ${above}`, uses: ["place"] },
      outcome,
    });
  else if (layer.enrolledTo < WHOLE) checks.push({ condition: placed(layer.salt, above), outcome });
  return checks;
}

/** Many experiments have the same audience. */
const audiences = new WeakMap<Condition, Expression>();

function audienceCode(audience: Condition): Expression {
  const known = audiences.get(audience) ?? conditionCode(audience);
  audiences.set(audience, known);
  return known;
}

function placed(salt: string, comparison: string): Expression {
  return { text: `place(unit, ${hash(salt)}) ${comparison}`, uses: ["place"] };
}

/** True where the check is known to settle every unit (`holds`), or none. */
function isConstant({ condition, negated = false }: Check, holds: boolean): boolean {
  return condition === (holds === negated ? FALSE : TRUE);
}

interface Written {
  readonly lines: readonly string[];
  readonly uses: readonly string[];
}

const writings = new WeakMap<Expression, Written>();

function writtenOf(check: Check): Written {
  const known = check.shared ? writings.get(check.condition) : undefined;
  const written = known ?? { lines: checkLines(check), uses: usesOf(check.condition) };
  if (check.shared) writings.set(check.condition, written);
  return written;
}

function checkLines(check: Check): readonly string[] {
  const { before, condition, index, negated, outcome, remark } = check;
  const result = `return ${outcome}${index === undefined ? "" : ` + ${index}`};${remark ? ` // ${remark}` : ""}`;
  if (isConstant(check, true)) return [result];
  const text = expressionText(condition, 6);
  if (negated && !("operator" in condition) && text.endsWith(")")) return [`if (!${text}) ${result}`];
  if (negated && text.length > 60) return [`const eligible =\n      ${text};`, `if (!eligible) ${result}`];
  if (negated) return [`if (!(${text})) ${result}`];
  if (text.includes("\n")) return [`if (\n      ${text}\n    ) ${result}`];
  return [...(before ? [before] : []), `if (${text}) ${result}`];
}

/** Overrides and the audience ask the context; what is certain asks nobody. */
function readsContext(check: Check): boolean {
  return (check.index !== undefined || check.negated === true) && !isConstant(check, true);
}

function parameters(context: boolean, unit: boolean): string {
  if (unit) return `${context ? "context" : "_context"}, unit`;
  return context ? "context" : "";
}
