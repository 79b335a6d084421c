import { suggest } from "../diagnostics/suggest.ts";
import type { Violation } from "./violation.ts";

/** A compiled validator; what it found in the last value stands in `errors`. */
export type Validate = ((value: unknown) => boolean) & { readonly errors?: readonly Violation[] | null };

/**
 * Where the tag of a document chooses none of its forms, nothing has looked at its other keys: what is wrong with
 * them in every form. An unknown key is among them where it comes near one that all forms know.
 */
export function commonViolations(
  validate: Validate,
  document: unknown,
  violations: readonly Violation[],
): readonly Violation[] {
  const untagged = violations.find(
    ({ keyword, instancePath }) => keyword === "discriminator" && instancePath === "",
  );
  if (untagged === undefined) return [];
  const tag = String(untagged.params.tag);
  const choice = untagged.parentSchema.properties?.[tag] as { readonly enum?: readonly string[] } | undefined;
  const forms = choice?.enum ?? [];
  const [first = new Map<string, Violation>(), ...others] = forms.map((form) => {
    const sound = validate({ ...(document as object), [tag]: form });
    const found = sound ? [] : (validate.errors ?? []);
    return new Map(found.map((violation) => [nameOf(violation), violation]));
  });
  return [...first].flatMap(([name, violation]) => {
    const same = others.flatMap((form) => form.get(name) ?? []);
    return same.length < others.length ? [] : inEvery([violation, ...same]);
  });
}

function nameOf({ instancePath, keyword, params }: Violation): string {
  return `${instancePath} ${keyword} ${JSON.stringify(params)}`;
}

/** The same violation in every form: of an unknown key, only what every form knows may be meant. */
function inEvery(same: readonly Violation[]): readonly Violation[] {
  const [violation] = same as [Violation];
  if (violation.keyword !== "additionalProperties") return [violation];
  const [first = {}, ...others] = same.map(({ parentSchema }) => parentSchema.properties ?? {});
  const known = Object.entries(first).filter(([key]) => others.every((form) => Object.hasOwn(form, key)));
  const names = known.map(([key]) => key);
  if (suggest(String(violation.params.additionalProperty), names) === null) return [];
  return [
    { ...violation, parentSchema: { ...violation.parentSchema, properties: Object.fromEntries(known) } },
  ];
}
