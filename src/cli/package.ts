import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..", "..");

/** Version of this package. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}

/** The runtime's source text, which `build` copies beside what it emits. */
export function runtimeSources(): readonly { readonly path: string; readonly text: string }[] {
  const runtime = join(folder, "src", "runtime");
  return readdirSync(runtime)
    .filter((path) => path.endsWith(".ts"))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(runtime, path), "utf8") }));
}

/** The schemas of the language, for repositories in which this package is not installed. */
export function schemaFiles(): readonly { readonly path: string; readonly text: string }[] {
  return ["project", "experiment", "metric", "audience"].map((kind) => {
    const path = `${kind}.schema.json`;
    return { path, text: readFileSync(join(folder, "schema", path), "utf8") };
  });
}
