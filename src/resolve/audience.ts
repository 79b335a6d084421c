import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/place.ts";
import type { Attribute, Audience } from "../model/population.ts";
import type { Declaration } from "../syntax/declaration.ts";
import type { AudienceDocument } from "../syntax/generated/documents.ts";
import type { Condition } from "./all-of.ts";
import { type ConditionScope, resolveCondition } from "./condition.ts";
import { type Findings, refuse } from "./findings.ts";
import { find, type Names } from "./names.ts";

/** Deeper than any people's reasoning; bounds the stack whatever the files say. */
const DEEPEST = 32;

/** Audience files, each with those that it names put in. */
export function resolveAudiences(
  declarations: readonly Declaration<AudienceDocument>[],
  broken: readonly string[],
  attributes: Names<Attribute>,
  timezone: string,
  diagnostics: Diagnostic[],
): Names<Audience> {
  const declared = new Map<string, Declaration<AudienceDocument> | null>();
  for (const key of broken) declared.set(key, null);
  for (const declaration of declarations) declared.set(declaration.key, declaration);

  const resolved = new Map<string, Audience | null>(broken.map((key) => [key, null]));
  const open: string[] = [];
  const scope: ConditionScope = { attributes, timezone, audience: conditionNamed };

  function conditionNamed(key: string, findings: Findings, path: Path): Condition | null {
    const declaration = find(findings, declared, key, "audience/unknown", path);
    if (declaration === null) return null;
    const start = open.indexOf(key);
    if (start >= 0) return refuse(findings, "audience/cycle", path, { chain: [...open.slice(start), key] });
    if (open.length === DEEPEST) {
      return refuse(findings, "audience/too-large", path, { limit: `${DEEPEST} files inside each other` });
    }
    const audience = resolveOnce(declaration);
    if (audience === null) findings.sound = false;
    return audience?.condition ?? null;
  }

  function resolveOnce({ key, file, document }: Declaration<AudienceDocument>): Audience | null {
    const known = resolved.get(key);
    if (known !== undefined) return known;
    open.push(key);
    const findings: Findings = { file, diagnostics, sound: true };
    const condition = resolveCondition(findings, document.when, scope, ["when"]);
    open.pop();
    const audience = condition && { key, file, name: document.name ?? null, condition };
    resolved.set(key, audience);
    return audience;
  }

  for (const declaration of declarations) resolveOnce(declaration);
  return resolved;
}
