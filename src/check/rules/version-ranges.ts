import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Path } from "../../diagnostics/place.ts";
import type { Audience } from "../../model/population.ts";
import type { Condition } from "../../runtime/manifest.ts";
import { parseRange } from "../../runtime/range.ts";
import { attributeTests } from "../attribute-tests.ts";
import type { Rule } from "../rule.ts";

/** A range is reported once, in the audience file where it is written in one. */
export const versionRanges: Rule = {
  codes: ["audience/version-range"],
  check: ({ audiences, experiments }) => {
    const reported = new Set<string>();
    return [
      ...innermostFirst(audiences).flatMap(({ file, condition }) =>
        problems(file, condition, ["when"], reported),
      ),
      ...experiments.flatMap(({ file, audience, overrides }) => [
        ...(audience === null ? [] : problems(file, audience, ["audience"], new Set(reported))),
        ...overrides.flatMap(({ when }, index) =>
          problems(file, when, ["overrides", index, "when"], new Set(reported)),
        ),
      ]),
    ];
  },
};

/** An audience holds all tests of those that it names, so that theirs are fewer. */
function innermostFirst(audiences: readonly Audience[]): readonly Audience[] {
  const sizes = new Map(audiences.map((audience) => [audience, attributeTests(audience.condition).length]));
  return [...audiences].sort((left, right) => sizes.get(left)! - sizes.get(right)!);
}

function problems(
  file: string,
  condition: Condition,
  path: Path,
  reported: Set<string>,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const test of attributeTests(condition)) {
    if (test.kind !== "semver" || parseRange(test.range) !== null || reported.has(test.range)) continue;
    reported.add(test.range);
    const { attribute, range } = test;
    const place = { file, path: [...path, attribute, "semver"] };
    found.push(diagnose("audience/version-range", place, { attribute, found: range }));
  }
  return found;
}
