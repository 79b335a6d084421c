import { expect, test } from "vitest";
import type { LocatedDiagnostic } from "../../../src/diagnostics/diagnostic.ts";
import { messageOf } from "../../../src/diagnostics/wording.ts";
import { locate } from "../../../src/syntax/locate.ts";
import { readDeclarations, type SourceFile } from "../../../src/syntax/read-declarations.ts";
import { AUDIENCE, EXPERIMENT, METRICS, projectFiles } from "./design-project.ts";

/** A text with the one problem marked: `«…»` stands around what the diagnostic must point at. */
interface Example {
  readonly code: string;
  readonly path?: string;
  readonly marked: string;
  readonly message: string;
  /** What the first fix makes of the marked text, where it edits just that. */
  readonly fixed?: string;
}

const metric = (lines: string) => `name: X\nbetter: higher\n${lines}\n`;
const experiment = (from: string, to: string) => {
  if (!EXPERIMENT.includes(from)) throw new Error(`the example has no ${from}`);
  return EXPERIMENT.replace(from, to);
};
const EXPERIMENT_FILE = "experiments/one-page-checkout.yaml";
const METRIC_FILE = "experiments/metrics/sum.yaml";
const AUDIENCE_FILE = "experiments/audiences/power-users.yaml";

const deep = (levels: number) => `${"[".repeat(levels)}1${"]".repeat(levels)}`;

const examples: readonly Example[] = [
  // Text
  {
    code: "yaml/syntax",
    marked: `${metric('kind: "sum')}«»`,
    message: 'Missing closing "quote',
  },
  {
    code: "yaml/conflict",
    marked: `name: X\n«<<<<<<<» HEAD\nkind: sum\n=======\nkind: mean\n>>>>>>> main\nbetter: higher\n`,
    message: "`<<<<<<<` marks a conflict of a merge that is not finished",
  },
  {
    code: "yaml/conflict",
    marked: metric("kind: sum\n«>>>>>>>» main"),
    message: "`>>>>>>>` marks a conflict of a merge that is not finished",
  },
  { code: "yaml/empty", marked: "«»", message: "the file holds nothing" },
  { code: "yaml/empty", marked: "«»# only a comment\n", message: "the file holds nothing" },
  { code: "yaml/empty", marked: "«»---\n...\n", message: "the file holds nothing" },
  { code: "yaml/duplicate-key", marked: metric("kind: sum\n«name»: Y"), message: "`name` is given twice" },
  { code: "yaml/duplicate-key", marked: metric('kind: sum\n«"name"»: Y'), message: "`name` is given twice" },
  {
    code: "yaml/several-documents",
    marked: `${METRICS.sum}«»---\nkind: sum\n`,
    message: "a second document begins here",
  },
  {
    code: "yaml/directive",
    marked: `«%YAML 1.1»\n---\n${METRICS.sum}`,
    message: "`%YAML 1.1` is a directive; files are read as YAML 1.2 without any",
  },
  {
    code: "yaml/tag",
    marked: metric("kind: sum\nevent: !!js/function «x»"),
    message: "`tag:yaml.org,2002:js/function` is a tag, and tags are not part of the language",
  },
  {
    code: "yaml/tag",
    marked: metric("kind: !own «sum»"),
    message: "`!own` is a tag, and tags are not part of the language",
  },
  {
    code: "yaml/unknown-alias",
    marked: metric("kind: «*missing»"),
    message: "no anchor `&missing` stands before `*missing`",
  },
  {
    code: "yaml/alias-expansion",
    marked: metric("kind: sum\nwhere: &loop\n  a: «*loop»"),
    message: "`*loop` expands to itself, or to more than the file may hold",
  },
  {
    code: "yaml/merge-key",
    marked: metric("kind: sum\nwhere:\n  «<<»: { a: 1 }"),
    message: "`<<` is a merge key, which YAML 1.2 does not have",
  },
  {
    code: "yaml/forbidden-key",
    marked: metric("kind: sum\nwhere: { «__proto__»: 1 }"),
    message: "`__proto__` cannot be a key",
  },
  {
    code: "yaml/forbidden-key",
    marked: metric('kind: sum\nwhere: { «"constructor"»: 1 }'),
    message: "`constructor` cannot be a key",
  },
  {
    code: "yaml/complex-key",
    marked: metric("kind: sum\nwhere: { ? «[a, b]» : 1 }"),
    message: "a key is expected to be one word or quoted text",
  },
  {
    code: "yaml/too-deep",
    marked: metric(`kind: sum\nwhere: ${"[".repeat(64)}«[»1${"]".repeat(65)}`),
    message: "values are nested deeper than 64 levels",
  },
  {
    code: "yaml/control-character",
    marked: metric("kind: sum\nevent: a«\u001b»[31m"),
    message: "the control character U+001B cannot be in a file",
  },
  {
    code: "yaml/control-character",
    marked: metric("kind: sum\nevent: a«\0»"),
    message: "the control character U+0000 cannot be in a file",
  },
  {
    code: "yaml/number",
    marked: metric("kind: sum\nwhere: { a: «12345678901234567890» }"),
    message: "`12345678901234567890` is not a finite number that can be held exactly",
  },
  {
    code: "yaml/number",
    marked: metric("kind: sum\nwhere: { a: «.nan» }"),
    message: "`.nan` is not a finite number that can be held exactly",
  },

  // Keys
  {
    code: "schema/unknown-key",
    path: EXPERIMENT_FILE,
    marked: experiment("control:  { weight: 50%,", "control:  { «wieght»: 50%,"),
    message: "unknown key `wieght`",
    fixed: "weight",
  },
  {
    code: "schema/unknown-key",
    marked: metric("kind: sum\n«evnt»: purchase\nvalue: amount"),
    message: "unknown key `evnt`",
    fixed: "event",
  },
  {
    code: "schema/unknown-key",
    marked: metric("«knid»: sum\nevent: purchase\nvalue: amount"),
    message: "unknown key `knid`",
    fixed: "kind",
  },
  {
    code: "schema/unknown-key",
    path: EXPERIMENT_FILE,
    marked: experiment("rollout:", "«bogus»: 1\nrollout:"),
    message: "unknown key `bogus`",
  },
  {
    code: "schema/missing-key",
    marked: "«kind»: sum\nevent: purchase\nvalue: amount\n",
    message: "`name` and `better` are missing",
  },
  {
    code: "schema/missing-key",
    marked: metric("event: purchase\nvalue: amount").replace("name", "«name»"),
    message: "`kind` is missing",
  },
  {
    code: "schema/missing-key",
    path: EXPERIMENT_FILE,
    marked: experiment(
      "layer: { name: checkout, from: 0%, to: 40% }",
      "«layer»: { name: checkout, from: 0% }",
    ),
    message: "`to` is missing",
  },
  {
    code: "schema/needed-with",
    marked: metric("kind: sum\n«event»: purchase"),
    message: "`event` needs `value` beside it",
  },
  {
    code: "schema/needed-with",
    marked: metric("kind: ratio\nnumerator: a\ndenominator: b\nbaseline: { «mean»: 3 }"),
    message: "`mean` needs `standardDeviation` beside it",
  },
  {
    code: "schema/one-of-keys",
    marked: metric("kind: count").replace("name", "«name»"),
    message: "one of `event`, `column` is missing",
  },
  {
    code: "schema/conflicting-keys",
    marked: metric("kind: count\nevent: a\n«column»: b"),
    message: "`event` and `column` exclude each other",
  },
  {
    code: "schema/key-form",
    path: EXPERIMENT_FILE,
    marked: experiment("one-page: {", "«one page»: {"),
    message: "found the key `one page`, expected a key of letters, digits, `_` and `-`",
  },

  // Values
  {
    code: "schema/type",
    path: EXPERIMENT_FILE,
    marked: experiment("tags: [checkout, growth]", "tags: «checkout»"),
    message: "found the text `checkout`, expected a list",
  },
  {
    code: "schema/type",
    path: EXPERIMENT_FILE,
    marked: experiment("unit: user", "«unit»:"),
    message: "found nothing, expected a key of letters, digits, `_` and `-`",
  },
  {
    code: "schema/type",
    path: EXPERIMENT_FILE,
    marked: experiment("iteration: 1", "iteration: «1.5»"),
    message: "found the number `1.5`, expected a whole number",
  },
  {
    code: "schema/type",
    path: EXPERIMENT_FILE,
    marked: experiment("mde: { absolute: 0.5 }", "mde: «[5%]»"),
    message: "found a list, expected a percentage such as `5%` or a mapping of `absolute`",
  },
  {
    code: "schema/type",
    path: EXPERIMENT_FILE,
    marked: experiment("mde: { absolute: 0.5 }", "mde: «5»"),
    message: "found the number `5`, expected a percentage such as `5%` or a mapping of `absolute`",
    fixed: "5%",
  },
  {
    code: "schema/type",
    path: EXPERIMENT_FILE,
    marked: experiment("alpha: 5%", "alpha: «0.07»"),
    message: "found the number `0.07`, expected a percentage such as `5%`",
    fixed: "7%",
  },
  {
    code: "schema/type",
    path: EXPERIMENT_FILE,
    marked: experiment("country: [US, CA]", "country: [US, «[CA]»]"),
    message: "found a list, expected text, a number, `true` or `false`",
  },
  {
    code: "schema/form",
    path: EXPERIMENT_FILE,
    marked: experiment("rollout: 12.5%", "rollout: «112.5%»"),
    message: "found the text `112.5%`, expected a percentage from `0%` to `100%` with at most four decimals",
  },
  {
    code: "schema/form",
    path: EXPERIMENT_FILE,
    marked: experiment("rollout: 12.5%", "rollout: «33.33333%»"),
    message:
      "found the text `33.33333%`, expected a percentage from `0%` to `100%` with at most four decimals",
  },
  {
    code: "schema/form",
    path: EXPERIMENT_FILE,
    marked: experiment("rollout: 12.5%", "rollout: «12.5 %»"),
    message: "found the text `12.5 %`, expected a percentage from `0%` to `100%` with at most four decimals",
    fixed: "12.5%",
  },
  {
    code: "schema/form",
    path: EXPERIMENT_FILE,
    marked: experiment("start: 2026-11-02", "start: «2026-11-2»"),
    message: "found the text `2026-11-2`, expected a day such as `2026-11-02`",
  },
  {
    code: "schema/form",
    path: EXPERIMENT_FILE,
    marked: experiment("name: One-page checkout", 'name: «"two\\nlines"»'),
    message: "found the text `two\nlines`, expected one line of text",
  },
  {
    code: "schema/form",
    marked: metric("kind: count\nevent: a\nwindow: «1w»"),
    message: "found the text `1w`, expected a duration in days or hours such as `14d` or `12h`",
  },
  {
    code: "schema/not-quoted",
    path: EXPERIMENT_FILE,
    marked: experiment("control: control", "control: «0»"),
    message: "found the number `0`, expected text",
    fixed: '"0"',
  },
  {
    code: "schema/not-quoted",
    path: EXPERIMENT_FILE,
    marked: experiment("unit: user", "unit: «true»"),
    message: "found `true`, expected text",
    fixed: '"true"',
  },
  {
    code: "schema/not-quoted",
    path: "experiments/archive/old-checkout.yaml",
    marked: "name: «1e3»\nstatus: draft\nunit: user\nvariants: {}\nmetrics: { primary: x }\n",
    message: "found the number `1e3`, expected text",
    fixed: '"1e3"',
  },
  {
    code: "schema/not-quoted",
    path: EXPERIMENT_FILE,
    marked: experiment('semver: ">=4.2.0"', "semver: «4.2»"),
    message: "found the number `4.2`, expected text",
    fixed: '"4.2"',
  },
  {
    code: "schema/choice",
    path: EXPERIMENT_FILE,
    marked: experiment("status: running", "status: «runing»"),
    message: "found the text `runing`, expected one of `draft`, `running`, `stopped`, `concluded`",
    fixed: "running",
  },
  {
    code: "schema/choice",
    path: EXPERIMENT_FILE,
    marked: experiment('exposure: { event: "Checklist Viewed" }', "exposure: «always»"),
    message: "found the text `always`, expected one of `assignment`, `explicit`",
  },
  {
    code: "schema/choice",
    marked: metric("kind: «median»\nevent: a"),
    message:
      "found the text `median`, expected one of `conversion`, `count`, `sum`, `mean`, `ratio`, `quantile`, `retention`, `funnel`",
  },
  {
    code: "schema/range",
    path: EXPERIMENT_FILE,
    marked: experiment("iteration: 1", "iteration: «0»"),
    message: "found the number `0`, expected at least 1",
  },
  {
    code: "schema/range",
    path: EXPERIMENT_FILE,
    marked: experiment("mde: { absolute: 0.5 }", "mde: { absolute: «-0.5» }"),
    message: "found the number `-0.5`, expected a number above 0",
  },
  {
    code: "schema/no-entries",
    path: EXPERIMENT_FILE,
    marked: experiment("country: [US, CA]", "country: «[]»"),
    message: "found an empty list, expected at least one entry",
  },
  {
    code: "schema/no-entries",
    path: AUDIENCE_FILE,
    marked: "when: «{}»\n",
    message: "found an empty mapping, expected at least one entry",
  },

  // Files
  {
    code: "file/name",
    path: "experiments/One_Page.yaml",
    marked: `«»${EXPERIMENT}`,
    message: "the file's name is its key, and `One_Page.yaml` is not in kebab-case",
  },
  {
    code: "file/reserved-name",
    path: "experiments/archive/project.yaml",
    marked: `«»${EXPERIMENT}`,
    message: "`project` is the name of the project's own file",
  },
  {
    code: "file/extension",
    path: "experiments/metrics/other.yml",
    marked: `«»${METRICS.sum}`,
    message: "files of the language end in `.yaml`, this one in `.yml`",
  },
  {
    code: "file/unknown-folder",
    path: "experiments/segments/other.yaml",
    marked: `«»${AUDIENCE}`,
    message: "files in `experiments/segments` are neither experiments nor metrics nor audiences",
  },
];

/** Takes the marks out of an example's text. */
function unmark({ marked }: Example) {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  return { text: marked.replace("«", "").replace("»", ""), span: { start, end } };
}

test.each(examples)("$code: $message", (example) => {
  const { code, path = METRIC_FILE, message } = example;
  const { text, span } = unmark(example);
  const diagnostics = diagnosticsOf(projectFiles({ [path]: text }));
  expect(diagnostics.map((diagnostic) => [diagnostic.code, messageOf(diagnostic)])).toEqual([
    [code, message],
  ]);
  expect(diagnostics[0]?.place).toMatchObject({ file: path, span });
});

test.each(examples.filter(({ fixed }) => fixed !== undefined))("$message: its fix mends it", (example) => {
  const { path = METRIC_FILE, fixed } = example;
  const { text, span } = unmark(example);
  const [edit] = diagnosticsOf(projectFiles({ [path]: text }))[0]?.fixes[0]?.edits ?? [];
  expect(edit).toMatchObject({ text: fixed, place: { file: path, span } });
  const mended = text.slice(0, span.start) + fixed + text.slice(span.end);
  expect(diagnosticsOf(projectFiles({ [path]: mended }))).toEqual([]);
});

test.each([
  ["a misspelled kind", "kind: sun\nname: 7\nbetter: up\nevent: purchase\nvalue: amount\n"],
  ["a misspelled `kind`", "kidn: sum\nname: 7\nbetter: up\nevent: purchase\nvalue: amount\n"],
  ["no kind", "name: 7\nbetter: up\nevent: purchase\nvalue: amount\n"],
])("%s hides no mistake in what every kind has", (_, text) => {
  const found = diagnosticsOf(projectFiles({ [METRIC_FILE]: text }));
  const marked = found.map(({ code, place }) => `${code} ${text.slice(place.span.start, place.span.end)}`);
  expect(marked.slice(1).sort()).toEqual(["schema/choice up", "schema/not-quoted 7"]);
});

test("without a kind an unknown key is told where it comes near one that every kind has", () => {
  const text = "kind: sun\nnaem: X\nbetter: higher\nvalue: amount\nvalu: amount\nevent: purchase\n";
  const found = diagnosticsOf(projectFiles({ [METRIC_FILE]: text }));
  const marked = found.map(({ code, place }) => `${code} ${text.slice(place.span.start, place.span.end)}`);
  expect(marked.sort()).toEqual(["schema/choice sun", "schema/unknown-key naem"]);
});

test("the place of an earlier duplicate is given", () => {
  const [found] = diagnosticsOf(projectFiles({ [METRIC_FILE]: `${METRICS.sum}kind: count\n` }));
  expect(found?.related).toMatchObject([
    { place: { span: { start: 0, end: 4 } }, label: "first given here" },
  ]);
});

test.each([
  ["file/no-project", [{ path: "experiments/metrics/sum.yaml", text: METRICS.sum }]],
  [
    "file/not-utf8",
    [...projectFiles(), { path: "experiments/x.yaml", bytes: Uint8Array.of(110, 0xff, 0xfe) }],
  ],
  ["file/too-large", [...projectFiles(), { path: "experiments/x.yaml", text: `#${"x".repeat(1_000_000)}` }]],
] satisfies [string, SourceFile[]][])("%s", (code, files) => {
  const { project } = readDeclarations(files).declarations;
  expect(diagnosticsOf(files).map((diagnostic) => diagnostic.code)).toEqual([code]);
  expect(project === null).toBe(code === "file/no-project");
});

test("64 levels are allowed", () => {
  // The document, `variants`, `control` and `params` are levels too.
  const text = experiment("nested: {}", `nested: ${deep(60)}`);
  expect(diagnosticsOf(projectFiles({ [EXPERIMENT_FILE]: text }))).toEqual([]);
});

test("an alias repeats what its anchor holds", () => {
  const text = experiment("nested: {}", "nested: &shared { a: [1] }, again: *shared");
  const { declarations } = readDeclarations(projectFiles({ [EXPERIMENT_FILE]: text }));
  expect(declarations.experiments[0]?.document.variants?.["one-page"]?.params).toMatchObject({
    nested: { a: [1] },
    again: { a: [1] },
  });
});

test("aliases cannot expand without bound", () => {
  const levels = Array.from({ length: 20 }, (_, level) =>
    level === 0 ? "  l0: &l0 [1, 1]" : `  l${level}: &l${level} [*l${level - 1}, *l${level - 1}]`,
  );
  const text = metric(`kind: sum\nwhere:\n${levels.join("\n")}`);
  const codes = diagnosticsOf(projectFiles({ [METRIC_FILE]: text })).map(({ code }) => code);
  expect(codes).toEqual(["yaml/alias-expansion"]);
});

function diagnosticsOf(files: readonly SourceFile[]): readonly LocatedDiagnostic[] {
  const { diagnostics, trees } = readDeclarations(files);
  return locate(diagnostics, trees);
}
