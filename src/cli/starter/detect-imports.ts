import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseJsonc } from "./edit-jsonc.ts";

/** How the specifiers in emitted code must end for an app's tools to follow them, and what told so. */
export interface DetectedImports {
  readonly imports: "js" | "none" | "ts";
  readonly because: string;
}

/** Tools that do not look for `a.ts` behind `./a.js`, unless told to. */
const LITERAL = [
  "next",
  "webpack",
  "react-scripts",
  "@vue/cli-service",
  "gatsby",
  "@craco/craco",
  "rspack",
  "@rspack/core",
  "@rspack/cli",
  "metro",
  "react-native",
  "expo",
];
const OTHERS = ["vite", "esbuild", "rollup", "rolldown", "tsup", "tsdown", "parcel", "astro", "nuxt"];

/** Reads `package.json`, `tsconfig.json` and the names of config files; runs nothing. */
export function detectImports(root: string): DetectedImports {
  const manifest = readObject(join(root, "package.json"));
  const dependencies = { ...objectOf(manifest.devDependencies), ...objectOf(manifest.dependencies) };
  const configs = existsSync(root) ? readdirSync(root) : [];
  const uses = (tool: string) =>
    Object.hasOwn(dependencies, tool) || configs.some((name) => name.startsWith(`${tool}.config.`));
  const options = compilerOptions(join(root, "tsconfig.json"), 0);
  const resolution = String(options.moduleResolution ?? options.module ?? "").toLowerCase();

  if (uses("next")) return { imports: "none", because: "Next.js" };
  // Whatever else is there: the others take specifiers without an ending too.
  const literal = LITERAL.find(uses);
  if (literal) {
    if (/^node(?:16|18|20|next)$/.test(resolution))
      return { imports: "js", because: `TypeScript's ${resolution}` };
    const config = configs.find((name) => /^(?:webpack|rspack)\.config\.\w+$/.test(name));
    if (config && readFileSync(join(root, config), "utf8").includes("extensionAlias"))
      return { imports: "js", because: `the extensionAlias of ${config}` };
    return { imports: "none", because: literal };
  }
  const bundler = OTHERS.find(uses);
  if (bundler) return { imports: "js", because: bundler };
  if (configs.includes("deno.json") || configs.includes("deno.jsonc"))
    return { imports: "ts", because: "Deno" };
  if (options.rewriteRelativeImportExtensions === true)
    return { imports: "ts", because: "TypeScript's rewriteRelativeImportExtensions" };
  if (options.allowImportingTsExtensions === true)
    return { imports: "ts", because: "TypeScript's allowImportingTsExtensions" };
  return { imports: "js", because: resolution === "" ? "the default" : `TypeScript's ${resolution}` };
}

/** Those of a tsconfig and of the files that it extends, where they are files of this repository. */
function compilerOptions(path: string, depth: number): Readonly<Record<string, unknown>> {
  if (depth > 8) return {};
  const config = readObject(path);
  const bases = [config.extends].flat().filter((base) => typeof base === "string" && base.startsWith("."));
  const inherited = bases.map((base) => {
    const named = resolve(dirname(path), base as string);
    return compilerOptions(named.endsWith(".json") ? named : `${named}.json`, depth + 1);
  });
  return Object.assign({}, ...inherited, objectOf(config.compilerOptions));
}

function readObject(path: string): Readonly<Record<string, unknown>> {
  return existsSync(path) ? objectOf(parseJsonc(readFileSync(path, "utf8"))) : {};
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
