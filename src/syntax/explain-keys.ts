import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Path, Place } from "../diagnostics/place.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { LocatedNode } from "./located-tree.ts";
import type { Violation } from "./violation.ts";

/**
 * The problems of one mapping's keys: unknown, missing, conflicting. A misspelled key that would satisfy what is
 * missing is one problem, not two.
 */
export function explainKeys(
  file: string,
  path: Path,
  node: LocatedNode,
  violations: readonly Violation[],
): readonly Diagnostic[] {
  const present: ReadonlySet<string> = new Set(node.kind === "mapping" ? node.entries.keys() : []);
  const keyAt = (key: string) => ({ file, path: [...path, key], part: "key" as const });
  const here: Place = { file, path, part: "key" };

  const unknown = unknownKeys(violations, present);
  const renamed = new Set(unknown.map(({ suggestion }) => suggestion));
  const missing = missingKeys(violations).filter((key) => !renamed.has(key));
  const needed = ofKeyword(violations, "dependencies")
    .map(({ params }) => ({ key: String(params.property), needs: String(params.missingProperty) }))
    .filter(({ needs }) => !renamed.has(needs));
  const alternatives = ofKeyword(violations, "oneOf").map(({ params, parentSchema }) => ({
    conflicting: params.passingSchemas !== null,
    keys: (parentSchema.oneOf ?? []).flatMap(({ required }) => required ?? []),
  }));

  return [
    ...unknown.map(({ key, known, suggestion }) =>
      diagnose(
        "schema/unknown-key",
        keyAt(key),
        { key, suggestion: suggestion ?? "", known },
        {
          fixes:
            suggestion === null || present.has(suggestion) ? [] : [rename(keyAt(key), suggestion, known)],
        },
      ),
    ),
    ...(missing.length > 0 ? [diagnose("schema/missing-key", here, { keys: missing })] : []),
    ...needed.map((args) => diagnose("schema/needed-with", keyAt(args.key), args)),
    ...alternatives.flatMap(({ conflicting, keys }) => {
      if (conflicting) return [conflict(keys, keyAt)];
      const mended = keys.some((key) => renamed.has(key) || needed.some(({ needs }) => needs === key));
      return mended ? [] : [diagnose("schema/one-of-keys", here, { keys })];
    }),
  ];
}

interface UnknownKey {
  readonly key: string;
  readonly known: readonly string[];
  readonly suggestion: string | null;
}

function unknownKeys(violations: readonly Violation[], present: ReadonlySet<string>): readonly UnknownKey[] {
  const unknown = ofKeyword(violations, "additionalProperties").map(({ params, parentSchema }) => {
    const key = String(params.additionalProperty);
    const known = Object.keys(parentSchema.properties ?? {});
    return { key, known, suggestion: suggest(key, known) };
  });
  // Without its tag no form of a document is chosen, so nothing has said which of its keys are unknown.
  const untagged = ofKeyword(violations, "discriminator").flatMap(({ params }) => {
    const tag = String(params.tag);
    const key = present.has(tag) ? undefined : [...present].find((other) => suggest(other, [tag]) !== null);
    return key === undefined ? [] : [{ key, known: [tag], suggestion: tag }];
  });
  return [...unknown.filter(({ key }) => !untagged.some((other) => other.key === key)), ...untagged];
}

/** Keys that the schema of the mapping itself requires; what only a branch of a `oneOf` requires is told as a choice. */
function missingKeys(violations: readonly Violation[]): readonly string[] {
  return ofKeyword(violations, "required")
    .filter(({ parentSchema }) => parentSchema.properties !== undefined)
    .map(({ params }) => String(params.missingProperty));
}

function conflict(keys: readonly string[], keyAt: (key: string) => Place): Diagnostic {
  const [first = "", last = first] = [keys[0], keys.at(-1)];
  const related = [{ place: keyAt(first), label: `\`${first}\` is given here` }];
  return diagnose("schema/conflicting-keys", keyAt(last), { keys }, { related });
}

/** One right answer only where no second known key comes near. */
function rename(place: Place & { readonly path: Path }, text: string, known: readonly string[]) {
  const others = known.filter((key) => key !== text);
  const automatic = suggest(String(place.path.at(-1)), others) === null;
  return { title: `rename it to \`${text}\``, edits: [{ place, text }], automatic };
}

function ofKeyword(violations: readonly Violation[], keyword: string): readonly Violation[] {
  return violations.filter((violation) => violation.keyword === keyword);
}
