import { renderSite, type SiteFile } from "../../../src/report/site.ts";
import type { Analysis } from "../../../src/verdict/generated/analysis.ts";
import { combining, exploring } from "./exploring-samples.ts";
import { experimentOf, projectOf } from "./sample-project.ts";
import { digest } from "./sample-site.ts";
import { keepRunning } from "./samples.ts";

/** Text that breaks out of whatever is not escaped: elements, attributes, scripts, styles, comments, entities. */
export const HOSTILE: readonly string[] = [
  `"><script>globalThis.owned=1</script>`,
  `'"><img src=x onerror="globalThis.owned=1">`,
  `</title></style></code></pre><svg onload=globalThis.owned=1>`,
  `--><iframe srcdoc="<script>parent.owned=1</script>"></iframe><!--`,
  `" autofocus onfocus="globalThis.owned=1" x="`,
  `&lt;b&gt;&amp; javascript:globalThis.owned=1 {{7*7}} \${7*7}`,
  `<base href="https://example.invalid/"><form action="https://example.invalid/"><marquee>`,
  `\u0000\u001b[31m\u202e\u2028\ud800<meta http-equiv=refresh content="0;url=https://example.invalid">`,
];

/** Keys whose values come from closed lists, and the key that files the page. */
const CLOSED = [
  "status",
  "decision",
  "code",
  "role",
  "kind",
  "better",
  "practical",
  "by",
  "notes",
  "reason",
  "experiment",
];

/** A copy in which every free text, and every name that comes from files or data, is `text`. */
export function poison(analysis: Analysis, text: string): Analysis {
  const walk = (value: unknown): unknown => {
    if (typeof value === "string") return text;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, CLOSED.includes(key) ? item : walk(item)]),
    );
  };
  const poisoned = walk(analysis) as Analysis;
  const excluded = { [text]: { [text]: 3 } };
  const counts = { [text]: 5000 };
  return {
    ...poisoned,
    design: { ...poisoned.design, method: "fixed", plannedUnits: counts },
    health: {
      ...poisoned.health,
      excluded,
      srm: { ...poisoned.health.srm, status: "failed", observed: counts, expected: counts },
      crossovers: { ...poisoned.health.crossovers, status: "failed" },
    },
  };
}

/** With breakdowns, main effects, doses and adjustments. */
const metrics = [...keepRunning.metrics, ...exploring.metrics, ...combining.metrics];

/** A site in which every text is hostile: one experiment per text, and one whose problem is. */
export function hostileSite(): readonly SiteFile[] {
  const cases = HOSTILE.map((text, index) => ({ text, key: `hostile-${index}` }));
  const experiments = cases.map(({ text, key }) => {
    const analysis = { ...keepRunning, experiment: key, name: text };
    return experimentOf(analysis, {
      description: text,
      hypothesis: text,
      owner: text,
      tags: [text],
      file: text,
      start: text,
      end: text,
      removeBy: text,
      unit: { key: text, id: text, newPerDay: null },
      audience: { kind: "one-of", attribute: text, values: [text] },
      exposure: { kind: "event", event: text },
      control: text,
      variants: [
        { key: text, share: 500_000, params: { [text]: text } },
        { key: `${text}2`, share: 500_000, params: {} },
      ],
      decision: {
        ship: text,
        date: text,
        by: text,
        verdict: "ship",
        why: text,
        evidence: { iteration: 1, spec: text, asOf: text },
      },
    });
  });
  const { project, plan } = projectOf(experiments);
  return renderSite({
    project: { ...project, name: HOSTILE.join("") },
    plan,
    analyses: new Map<string, Analysis | { problem: readonly string[] }>(
      cases.map(({ text, key }, index) => [
        key,
        index === 7 ? { problem: [text] } : poison({ ...keepRunning, metrics, experiment: key }, text),
      ]),
    ),
    toolVersion: HOSTILE[0] ?? "",
    digest,
  });
}
