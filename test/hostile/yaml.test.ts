import { describe, expect, test } from "vitest";
import { EXPERIMENT, projectFiles } from "../unit/syntax/design-project.ts";
import { described, named, READ, REFUSED, SOUND } from "./odd-texts.ts";
import { codesIn, compileSafely } from "./render.ts";

const FILE = "experiments/odd.yaml";

test.each(Object.entries(READ))("%s is read", (_, [text, name]) => {
  const compilation = compileSafely(projectFiles({ [FILE]: text }));
  expect(
    codesIn(FILE, compilation).filter((code) => code.startsWith("yaml/") || code.startsWith("schema/")),
  ).toEqual([]);
  expect(compilation.project?.experiments.find(({ key }) => key === "odd")?.name).toBe(name);
});

describe("is refused with a diagnostic:", () => {
  test.each(Object.entries(REFUSED))("%s", (_, [content, code]) => {
    const rest = projectFiles().filter(({ path }) => path !== FILE);
    const file = typeof content === "string" ? { path: FILE, text: content } : { path: FILE, bytes: content };
    const compilation = compileSafely([...rest, file]);
    expect(codesIn(FILE, compilation)).toContain(code);
    expect(compilation.project?.experiments.some(({ key }) => key === "odd")).toBe(false);
    expect("polluted" in {}).toBe(false);
  });
});

test("half a surrogate pair, escaped, is a name like any other or refused, and is printed whole", () => {
  for (const value of ['"\\ud800"', '"a\\udfffb"', "\ud800", "a\udc00"]) {
    compileSafely(projectFiles({ [FILE]: named(value) }));
    compileSafely(projectFiles({ [FILE]: described(value) }));
    compileSafely(projectFiles({ [FILE]: `${SOUND}${value}: 1\n` }));
  }
});

test.each([
  "--help",
  "-rf",
  "../../etc/passwd",
  "..",
  "con\u001b[2J",
  "a\nb",
  "a b",
  "$(touch x)",
  "`id`",
  "a;b",
  "::error::x",
  "__proto__",
  "constructor",
  "index",
  "\u202egnp",
  "é",
  "%0a",
  "a".repeat(300),
])("a file named %j is refused or harmless", (name) => {
  const path = `experiments/${name}.yaml`;
  const compilation = compileSafely([...projectFiles(), { path, text: SOUND }]);
  const refused =
    codesIn(path, compilation).includes("file/name") ||
    codesIn(path, compilation).includes("file/unknown-folder");
  expect(refused).toBe(!/^[a-z0-9-]+$/.test(name) || name.startsWith("-"));
});

test("a variant, an attribute, an event and a metric may be called what every object has", () => {
  for (const key of ["toString", "valueOf", "hasOwnProperty"]) {
    const text = EXPERIMENT.replace("  one-page: {", `  ${key}: {`).replace(
      "variant: one-page",
      `variant: ${key}`,
    );
    compileSafely(projectFiles({ [FILE]: text }));
  }
});
