import { posix } from "node:path";
import type { Module } from "./modules.ts";

/**
 * Which folder of `src` may import which: the arrows of the pipeline. `types` are folders of which only types
 * may be imported. `root` stands for the files directly in `src`.
 */
export const ARROWS: Readonly<
  Record<string, { readonly values: readonly string[]; readonly types?: readonly string[] }>
> = {
  runtime: { values: [] },
  diagnostics: { values: [] },
  sql: { values: [] },
  statistics: { values: [] },
  model: { values: ["diagnostics"], types: ["runtime"] },
  syntax: { values: ["diagnostics"] },
  resolve: { values: ["syntax", "model", "runtime", "diagnostics"] },
  plan: { values: ["model", "runtime", "statistics"] },
  check: { values: ["model", "plan", "runtime", "statistics", "diagnostics"] },
  emit: { values: ["model", "plan", "runtime"] },
  query: { values: ["model", "sql", "diagnostics"], types: ["statistics"] },
  warehouse: { values: ["sql"] },
  inference: { values: ["model", "statistics"], types: ["plan"] },
  verdict: { values: ["model", "inference", "statistics"], types: ["plan"] },
  baseline: {
    values: [
      ...["model", "syntax", "plan", "query", "sql", "statistics", "inference", "verdict", "diagnostics"],
    ],
  },
  usage: { values: ["model"] },
  simulate: { values: ["model", "runtime", "statistics"] },
  calibration: { values: ["model", "plan", "inference", "verdict", "statistics"] },
  report: { values: ["model", "verdict"], types: ["plan", "inference", "runtime", "calibration"] },
  integrations: { values: ["runtime"] },
  server: { values: ["model", "query", "warehouse", "statistics", "report", "runtime", "root"] },
  root: {
    values: [
      ...[
        "runtime",
        "diagnostics",
        "sql",
        "statistics",
        "model",
        "syntax",
        "resolve",
        "plan",
        "check",
        "emit",
      ],
      ...[
        "query",
        "warehouse",
        "inference",
        "verdict",
        "usage",
        "simulate",
        "calibration",
        "baseline",
        "report",
      ],
    ],
  },
  cli: { values: ["root", "diagnostics", "warehouse", "server"] },
};

/** Folders that meet the world: process, console, files, network, clocks, dice. */
const WORLDLY = ["cli", "server", "integrations"];

/** Node modules that are pure functions, and who may use them. */
const PURE_NODE: Readonly<Record<string, readonly string[]>> = { "node:crypto": ["plan", "emit"] };

const MAX_LINES = 400;

/** Everything that breaks the architecture, a line each; empty when it holds. */
export function violations(modules: readonly Module[]): readonly string[] {
  const paths = new Set(modules.map(({ path }) => path));
  return [...modules.flatMap((module) => violationsOf(module, paths)), ...cycles(modules)];
}

function violationsOf(module: Module, paths: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  const folder = folderOf(module.path);
  const arrows = ARROWS[folder];
  if (!arrows) return [`${module.path}: the folder ${folder} is not in the table`];
  for (const { specifier, typeOnly } of module.imports) {
    if (!specifier.startsWith(".")) {
      const pure = PURE_NODE[specifier]?.includes(folder) ?? false;
      if (specifier.startsWith("node:") && !pure && !WORLDLY.includes(folder))
        found.push(`${module.path}: imports ${specifier}`);
      if (folder === "runtime" && !specifier.startsWith("node:"))
        found.push(`${module.path}: imports ${specifier}`);
      continue;
    }
    const target = resolveSpecifier(module.path, specifier);
    if (!paths.has(target)) found.push(`${module.path}: imports ${specifier}, which is not a source file`);
    const to = folderOf(target);
    if (to === folder || arrows.values.includes(to) || (typeOnly && arrows.types?.includes(to))) continue;
    found.push(`${module.path}: ${folder} may not import ${to} (${specifier})`);
  }
  if (!WORLDLY.includes(folder))
    for (const name of new Set(module.worldly)) found.push(`${module.path}: uses ${name}`);
  if (module.lines > MAX_LINES && !module.generated)
    found.push(`${module.path}: ${module.lines} lines, at most ${MAX_LINES}`);
  return found;
}

/** Import cycles, those of types included, each once. */
function cycles(modules: readonly Module[]): readonly string[] {
  const edges = new Map(
    modules.map(({ path, imports }) => [
      path,
      imports
        .filter(({ specifier }) => specifier.startsWith("."))
        .map(({ specifier }) => resolveSpecifier(path, specifier)),
    ]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`cycle: ${[...trail.slice(start), path].join(" → ")}`);
    if (start >= 0 || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}

function folderOf(path: string): string {
  const parts = path.split("/");
  return parts.length > 2 ? (parts[1] ?? "") : "root";
}

function resolveSpecifier(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier);
}
