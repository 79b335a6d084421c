import fc from "fast-check";
import { expect, test } from "vitest";
import { ownRules } from "../../src/check/rules.ts";
import { readProjectFiles } from "../../src/cli/project-files.ts";
import {
  type Compilation,
  compile,
  createReader,
  type Emission,
  emit,
  emitAfter,
  type FileReading,
  type Plan,
  type Project,
  type SourceFile,
} from "../../src/compile.ts";
import { repository } from "../command-line.ts";
import { runtimeSources } from "../unit/emit/generated.ts";

/** The worked example, with texts that can be edited. */
const example = readProjectFiles(repository).flatMap((file) =>
  "bytes" in file ? [{ path: file.path, text: new TextDecoder().decode(file.bytes) }] : [],
);
const lines = [...new Set(example.flatMap(({ text }) => text.split(/(?<=\n)/)))];

/** What people do to a project between two saves: most leave it sound, in part or as a whole. */
const edit = fc.record({
  file: fc.nat(),
  kind: fc.constantFrom(
    "word",
    "word",
    "number",
    "line",
    "drop",
    "double",
    "remove",
    "copy",
    "restore",
    "all",
  ),
  at: fc.nat(),
  number: fc.integer({ min: 0, max: 60 }),
  line: fc.constantFrom(...lines),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

test("what was compiled and emitted step by step is what compiling and emitting it at once gives", () => {
  let sound = 0;
  let shared = 0;
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      let files: readonly SourceFile[] = example;
      let before: Compilation | null = null;
      let emission: Emission | null = null;
      const read = readOnce();
      for (const one of [null, ...edits]) {
        if (one !== null) files = edited(files, one);
        const step: Compilation = compile(files, read, before);
        const whole = compile(files.map((file) => ({ ...file })));
        expect(step.diagnostics).toEqual(whole.diagnostics);
        expect(step.plan).toEqual(whole.plan);
        expect(step.project).toEqual(whole.project);
        shared += sharedBy(before, step);
        before = step;
        if (!step.project || !step.plan || !whole.project || !whole.plan) continue;
        expectOwn(whole.project, whole.plan);
        emission = emitAfter(emission, step.project, step.plan, runtimeSources, []);
        const expected = emit(whole.project, whole.plan, runtimeSources);
        expect(emission.files.filter((file, index) => !isSame(file, expected[index]))).toEqual([]);
        expect(emission.files).toHaveLength(expected.length);
        if (one !== null) sound += 1;
      }
    }),
    { numRuns: 60 },
  );
  expect(sound).toBeGreaterThan(50);
  expect(shared).toBeGreaterThan(200);
}, 240_000);

/** What the rules find that need no other experiment, they find on each one alone. */
function expectOwn(project: Project, plan: Plan) {
  for (const rule of ownRules) {
    const alone = project.experiments.flatMap((experiment) =>
      rule
        .check({ ...project, experiments: [experiment] }, plan)
        .filter(({ place }) => place.file === experiment.file),
    );
    const files = new Set(project.experiments.map(({ file }) => file));
    const together = rule.check(project, plan).filter(({ place }) => files.has(place.file));
    expect(alone).toEqual(together);
  }
}

/** As a watching process reads: a file that is the same object is read once. */
function readOnce() {
  const readings = new Map<SourceFile, FileReading | null>();
  const read = createReader();
  return (source: SourceFile) => {
    const reading = readings.has(source) ? readings.get(source)! : read(source);
    readings.set(source, reading);
    return reading;
  };
}

/** Experiments that are the same objects as before: without any, taking over would be nothing. */
function sharedBy(before: Compilation | null, { project }: Compilation): number {
  const known = new Set(before?.project?.experiments);
  return project?.experiments.filter((experiment) => known.has(experiment)).length ?? 0;
}

function isSame(
  file: { readonly path: string; readonly text: string },
  other: { readonly path: string; readonly text: string } | undefined,
): boolean {
  return file.path === other?.path && file.text === other.text;
}

function edited(files: readonly SourceFile[], { file, kind, at, number, line }: Edit): readonly SourceFile[] {
  const index = file % files.length;
  const { path } = files[index]!;
  const text = textOf(files[index]!);
  const put = (changed: string) => files.map((each) => (each.path === path ? { path, text: changed } : each));
  const rows = text.split(/(?<=\n)/);
  const row = at % Math.max(rows.length, 1);
  switch (kind) {
    case "word":
      return put(replaceNth(text, /[a-z]{3,}/g, at, (word) => `${word}s`));
    case "number":
      return put(replaceNth(text, /\d+/g, at, () => String(number)));
    case "line":
      return put(rows.toSpliced(row, 1, line).join(""));
    case "drop":
      return put(rows.toSpliced(row, 1).join(""));
    case "double":
      return put(rows.toSpliced(row, 0, rows[row]!).join(""));
    case "remove":
      return files.length > 1 ? files.toSpliced(index, 1) : files;
    case "copy": {
      const copy = { path: path.replace(/\.yaml$/, `-${number}.yaml`), text };
      return [...files.filter((each) => each.path !== copy.path), copy].sort((a, b) =>
        a.path < b.path ? -1 : 1,
      );
    }
    case "restore":
      return example;
    default:
      return files.map((each) => ({ ...each }));
  }
}

function textOf(file: SourceFile): string {
  return "text" in file ? file.text : "";
}

function replaceNth(text: string, pattern: RegExp, at: number, change: (found: string) => string): string {
  const found = [...text.matchAll(pattern)];
  const one = found[at % Math.max(found.length, 1)];
  return one ? text.slice(0, one.index) + change(one[0]) + text.slice(one.index + one[0].length) : text;
}
