import { parseSync } from "oxc-parser";

/** One import of a module, static or dynamic, of values or of types only. */
interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** What the rules need to know of a source file. */
export interface Module {
  readonly path: string;
  readonly lines: number;
  readonly generated: boolean;
  readonly imports: readonly Import[];
  /** `process`, `console`, `Date.now`, `new Date()`, `Math.random`: where the world would leak in. */
  readonly worldly: readonly string[];
}

/** Reads a module's text; the parser is oxc's, since TypeScript 7 has none to call. */
export function readModule(path: string, text: string): Module {
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const imports: Import[] = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap((entry) =>
        entry.moduleRequest ? [{ specifier: entry.moduleRequest.value, typeOnly: entry.isType }] : [],
      ),
    ),
  ];
  const worldly: string[] = [];
  walk(program, (node) => {
    if (node.type === "TSImportType")
      imports.push({ specifier: literal(node.source ?? node.argument), typeOnly: true });
    if (node.type === "ImportExpression") imports.push({ specifier: literal(node.source), typeOnly: false });
    if (node.type === "Identifier" && (node.name === "process" || node.name === "console"))
      worldly.push(`${node.name}`);
    if (
      node.type === "NewExpression" &&
      isNamed(node.callee, "Date") &&
      (node.arguments as unknown[]).length === 0
    )
      worldly.push("new Date()");
    if (node.type === "MemberExpression" && isNamed(node.object, "Date") && isNamed(node.property, "now"))
      worldly.push("Date.now");
    if (node.type === "MemberExpression" && isNamed(node.object, "Math") && isNamed(node.property, "random"))
      worldly.push("Math.random");
  });
  return {
    path,
    lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0),
    generated: text.slice(0, 200).includes("@generated"),
    imports,
    worldly,
  };
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (typeof value === "object" && value !== null) {
    if ("type" in value && typeof value.type === "string") visit(value as Node);
    for (const child of Object.values(value)) walk(child, visit);
  }
}

function isNamed(node: unknown, name: string): boolean {
  return typeof node === "object" && node !== null && "name" in node && node.name === name;
}

function literal(node: unknown): string {
  if (typeof node === "object" && node !== null) {
    if ("value" in node && typeof node.value === "string") return node.value;
    if ("literal" in node) return literal(node.literal);
  }
  return "(computed)";
}
