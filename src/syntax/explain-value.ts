import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import type { Place } from "../diagnostics/place.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { expectationOf, findingOf } from "./expectation.ts";
import type { JsonValue } from "./to-json.ts";
import type { Schema, Violation } from "./violation.ts";

/** The problem of a value as such. `source` is the value as the text spells it, empty where nothing stands. */
export function explainValue(place: Place, source: string, violation: Violation): readonly Diagnostic[] {
  const { keyword, params, parentSchema: schema, data } = violation;
  const found = () => findingOf(data, source);
  switch (keyword) {
    case "type":
      return [explainType(place, source, data, [schema])];
    case "pattern": {
      const fixes = respell(place, String(data), schema);
      return [diagnose("schema/form", place, { found: found(), expected: expectationOf(schema) }, { fixes })];
    }
    case "enum":
      return [explainChoice(place, found(), data, schema.enum ?? [])];
    case "minimum":
      return [diagnose("schema/range", place, { found: found(), expected: `at least ${params.limit}` })];
    case "exclusiveMinimum":
      return [
        diagnose("schema/range", place, { found: found(), expected: `a number above ${params.limit}` }),
      ];
    case "minItems":
    case "minProperties":
      return [diagnose("schema/no-entries", place, { found: found() })];
    default:
      return [];
  }
}

/** The value is of none of the types that the forms have. */
export function explainType(
  place: Place,
  source: string,
  data: JsonValue,
  forms: readonly Schema[],
): Diagnostic {
  const found = findingOf(data, source);
  const readAsOther = typeof data === "number" || typeof data === "boolean";
  if (readAsOther && forms.some((form) => admitsText(form, source))) {
    const text = JSON.stringify(source);
    const fix = { title: `quote it: \`${text}\``, edits: [{ place, text }], automatic: true };
    return diagnose("schema/not-quoted", place, { found, source }, { fixes: [fix] });
  }
  const expected = expectationOf(...forms);
  const fixes = readAsOther ? forms.flatMap((form) => respell(place, source, form)) : [];
  return diagnose("schema/type", place, { found, expected }, { fixes });
}

function explainChoice(place: Place, found: string, data: JsonValue, choices: readonly string[]): Diagnostic {
  const suggestion = typeof data === "string" ? suggest(data, choices) : null;
  const fixes = suggestion === null ? [] : [replace(place, suggestion)];
  return diagnose("schema/choice", place, { found, choices, suggestion: suggestion ?? "" }, { fixes });
}

/** A percentage without its sign: `5`, `0.05` where a fraction was meant, `5 %`. */
function respell(place: Place, source: string, form: Schema): readonly Fix[] {
  const number = Number(source.endsWith("%") ? source.slice(0, -1) : source);
  if (source.trim() === "" || !Number.isFinite(number)) return [];
  const fraction = number > 0 && number < 1 && !source.includes("%");
  const text = `${fraction ? Math.round(number * 1_000_000) / 10_000 : number}%`;
  return admitsText(form, text) ? [replace(place, text)] : [];
}

function admitsText(form: Schema, text: string): boolean {
  if (form.pattern === undefined || ![form.type].flat().includes("string")) return false;
  return new RegExp(form.pattern, "u").test(text);
}

function replace(place: Place, text: string): Fix {
  return { title: `write \`${text}\``, edits: [{ place, text }], automatic: false };
}
