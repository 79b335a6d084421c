import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import { type EmittedFile, emit } from "../../../src/emit/emit.ts";
import type { Project } from "../../../src/model/project.ts";
import { planned } from "./shop.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const runtime = join(root, "src", "runtime");

/** The runtime's sources, as the command line reads them. */
export const runtimeSources = readdirSync(runtime)
  .sort()
  .map((path) => ({ path, text: readFileSync(join(runtime, path), "utf8") }));

export function emitted(project: Project): readonly EmittedFile[] {
  return emit(project, planned(project), runtimeSources);
}

export function textOf(files: readonly EmittedFile[], path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`${path} was not emitted`);
  return file.text;
}

/** What the compiler said about emitted files and the app beside them; the folder goes when the test ends. */
export interface Compiled {
  readonly errors: string;
  /** Imports a compiled module, by its path below `generated/`, with the extension `.js`. */
  load(path: string): Promise<Record<string, never>>;
}

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  allowUnreachableCode: false,
  target: "ES2020",
  lib: ["ES2020"],
  types: [],
};

/**
 * Compiles emitted files as a strict app without any library would. `app` stands beside `generated/`.
 *
 * @param compiler Folder of the TypeScript that compiles; this repository's own.
 */
export function compileGenerated(
  files: readonly EmittedFile[],
  app = "",
  options: Readonly<Record<string, unknown>> = { module: "NodeNext" },
  compiler: string = join(root, "node_modules", "typescript"),
): Compiled {
  const folder = mkdtempSync(join(tmpdir(), "fairtrial-emit-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const { path, text } of files) write(`generated/${path}`, text);
  write("app.ts", `${app}\nexport {};\n`);
  write("package.json", '{ "type": "module" }');
  write(
    "tsconfig.json",
    JSON.stringify({
      compilerOptions: { ...STRICT, outDir: "out", rootDir: ".", ...options },
      include: ["generated", "app.ts"],
    }),
  );
  return {
    errors: runCompiler(folder, join(compiler, "bin", "tsc")),
    load: (path) => import(/* @vite-ignore */ pathToFileURL(join(folder, "out", "generated", path)).href),
  };
}

function runCompiler(folder: string, compiler: string): string {
  try {
    return execFileSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}
