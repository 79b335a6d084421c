import { expect, test } from "vitest";
import { commentText } from "../../../src/emit/comment.ts";
import { quote } from "../../../src/emit/literal.ts";
import type { Condition } from "../../../src/runtime/manifest.ts";
import { compileGenerated, emitted } from "./generated.ts";
import { attribute, experiment, shop } from "./shop.ts";

const HOSTILE = [
  ...[
    "it's",
    '"quoted"',
    "`ticks`",
    "$\u007bprocess.exit()}",
    "*/ process.exit(); /*",
    "// line",
    "\\",
    "\\u0022",
  ],
  ...[
    "</script><script>",
    "<!--",
    "-->",
    "line\nbreak",
    "carriage\rreturn",
    "\u2028",
    "\u2029",
    "\u0000",
    "\u202e",
  ],
  ...["@deprecated", "{@link x}", "\ud800", "__proto__", "constructor", "prototype", "🙂", "", " "],
];
const ALL = HOSTILE.join(" ");

function hostileProject() {
  const audience: Condition = {
    kind: "any",
    conditions: HOSTILE.flatMap((text): readonly Condition[] => [
      { kind: "one-of", attribute: text, values: [text] },
      { kind: "not", condition: { kind: "contains", attribute: text, value: text } },
    ]),
  };
  const params = Object.fromEntries(HOSTILE.map((text) => [text, [text, { [text]: text }]]));
  Object.defineProperty(params, "__proto__", { value: { polluted: true }, enumerable: true });
  const variants = HOSTILE.map((key) => ({ key, share: 1_000_000 / HOSTILE.length, params }));
  const texts = { name: ALL, description: ALL, owner: ALL };
  const unit = { key: ALL, id: ALL, newPerDay: null };
  const overrides = HOSTILE.map((variant) => ({ variant, when: audience }));
  return shop(
    [
      experiment("hostile", {
        ...texts,
        audience,
        variants,
        overrides,
        unit,
        control: "it's",
        default: "it's",
      }),
      experiment("concluded", {
        ...texts,
        status: "concluded",
        variants,
        decision: {
          ship: "__proto__",
          date: ALL,
          by: ALL,
          verdict: "ship",
          why: ALL,
          evidence: { iteration: 1, spec: ALL, asOf: ALL },
        },
        removeBy: ALL,
      }),
    ],
    {
      name: ALL,
      units: [unit],
      attributes: HOSTILE.map((key) => attribute(key, { values: HOSTILE })),
      events: HOSTILE.map((key) => ({
        key,
        source: key,
        units: [ALL],
        properties: HOSTILE.map((property) => ({
          key: property,
          type: { kind: "enum", values: HOSTILE } as const,
        })),
      })),
    },
  );
}

test("hostile texts everywhere are data: what is emitted compiles and gives them back", async () => {
  const project = hostileProject();
  const files = emitted(project);
  const compiled = compileGenerated(files);
  expect(compiled.errors).toBe("");
  const { hostile } = (await compiled.load("experiments/hostile.js")) as unknown as {
    hostile: { readonly assigned: readonly { readonly variant: string; readonly params: object }[] };
  };
  expect(hostile.assigned.map(({ variant }) => variant)).toEqual(HOSTILE);
  expect(Object.entries(hostile.assigned[0]!.params)).toEqual(
    Object.entries(project.experiments[0]!.variants[0]!.params),
  );
  expect(Object.getPrototypeOf(hostile.assigned[0]!.params)).toBe(Object.prototype);

  for (const { path, text } of files.filter((file) => file.path.endsWith(".ts"))) {
    if (path.startsWith("runtime/")) continue;
    expect(text).not.toMatch(/<\/script|<!--|[^\P{Cc}\n]|[\u2028\u2029\u202e]|\p{Cs}/u);
    for (const comment of text.match(/\/\*\*[\s\S]*?\*\//g) ?? []) {
      expect(comment).not.toMatch(/^\s*\*?\s*@(?!deprecated Everybody)/m);
      expect(
        comment
          .split("\n")
          .slice(1)
          .every((line) => line.startsWith(" *")),
      ).toBe(true);
    }
  }
});

test.each(HOSTILE.map((text) => [text]))("the literal of %j is that text", (text) => {
  expect(new Function(`return ${quote(text)};`)()).toBe(text);
});

test("a comment's text cannot end the comment, nor begin another line or a tag", () => {
  for (const text of HOSTILE) {
    expect(commentText(text)).not.toMatch(/\*\/|[\n\r\u2028\u2029]|(^|[\s{])@/);
    expect(commentText(commentText(text))).toBe(commentText(text));
  }
});
