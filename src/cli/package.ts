import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

const folder = join(import.meta.dirname, "..", "..");

/** Version of this package. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}

/** A source file of this package; `path` is relative to its folder, with forward slashes. */
interface PackageSource {
  readonly path: string;
  readonly text: string;
}

/** The runtime's source text, which `build` copies beside what it emits. */
export function runtimeSources(): readonly PackageSource[] {
  return sourcesBelow("runtime");
}

/** The source text of all integrations, for a project that copies some; none for one that does not. */
export function integrationSources(project: {
  readonly emit: { readonly integrations: readonly string[] };
}): readonly PackageSource[] {
  return project.emit.integrations.length === 0 ? [] : sourcesBelow("integrations");
}

/** The schemas of the language, for repositories in which this package is not installed. */
export function schemaFiles(): readonly { readonly path: string; readonly text: string }[] {
  return ["project", "experiment", "metric", "audience"].map((kind) => {
    const path = `${kind}.schema.json`;
    return { path, text: readFileSync(join(folder, "schema", path), "utf8") };
  });
}

function sourcesBelow(name: string): readonly PackageSource[] {
  const sources = join(folder, "src", name);
  return readdirSync(sources, { encoding: "utf8", recursive: true })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({
      path: path.split(sep).join("/"),
      text: readFileSync(join(sources, path), "utf8"),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
