import type { OpenEngine } from "./with-engine.ts";

/** A statement as it was asked of the engine. */
export interface RecordedQuery {
  /** What it was asked for. */
  readonly stage: string;
  readonly sql: string;
  /** How the engine goes about it; null where nobody asked. */
  readonly plan: string | null;
}

/** Notes every statement on its way to the engine. */
export function recordQueries(withPlans: boolean): {
  readonly queries: readonly RecordedQuery[];
  readonly watch: (open: OpenEngine) => OpenEngine;
} {
  const queries: RecordedQuery[] = [];
  let stage = "";
  const watch = ({ engine, onStage }: OpenEngine): OpenEngine => ({
    engine: {
      ...engine,
      async run(statement) {
        const sql = engine.show(statement);
        const plan = withPlans && statement.kind !== "drop-table" ? await engine.explain(statement) : null;
        queries.push({ stage, sql, plan });
        return engine.run(statement);
      },
    },
    onStage(next) {
      stage = next;
      onStage(next);
    },
  });
  return { queries, watch };
}

/** A script that the engine can run, or a JSON document. */
export function renderQueries(queries: readonly RecordedQuery[], format: string): string {
  if (format === "json") return JSON.stringify({ formatVersion: 1, queries }, null, 2);
  const blocks = queries.map(({ stage, sql, plan }, index) => {
    const head = stage === queries[index - 1]?.stage ? [] : comment(stage);
    return [...head, sql, ...(plan === null ? [] : comment(plan))].join("\n");
  });
  const script = blocks.join("\n\n");
  return format === "markdown" ? `${fence(script)}sql\n${script}\n${fence(script)}` : script;
}

function comment(text: string): readonly string[] {
  return text.split(/[\n\r\u0085\u2028\u2029]/).map((line) => `-- ${line}`.trimEnd());
}

/** A fence that the script does not hold. */
function fence(script: string): string {
  const longest = Math.max(2, ...(script.match(/`+/g) ?? []).map(({ length }) => length));
  return "`".repeat(longest + 1);
}
