// Derives `docs/diagnostics/` from the words and explanations in `src/diagnostics/`. `--check` writes nothing and fails where a page has drifted.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { rolldown } from "rolldown";

const root = join(import.meta.dirname, "..");
const folder = join(root, "docs", "diagnostics");

const { catalog, explanationIndex, explanationPage } = await load();
const pages = new Map([
  ["README.md", explanationIndex()],
  ...Object.keys(catalog).map((code) => [`${code}.md`, explanationPage(code)]),
]);

const stray = listed(folder).filter((path) => !pages.has(path));
const drifted = [...pages]
  .filter(([path, text]) => readOr(join(folder, path)) !== text)
  .map(([path]) => path);
if (process.argv.includes("--check")) {
  for (const path of [...drifted, ...stray]) {
    console.error(`docs/diagnostics/${path} is not what src/diagnostics says: run \`npm run docs\``);
  }
  process.exitCode = drifted.length + stray.length > 0 ? 1 : 0;
} else {
  for (const path of stray) rmSync(join(folder, path));
  for (const path of drifted) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), pages.get(path));
  }
  console.log(`docs/diagnostics: ${pages.size} pages, ${drifted.length} written, ${stray.length} removed`);
}

/** The modules as they stand in `src/`, bundled in memory: Node 20 reads no TypeScript. */
async function load() {
  const entry = ["catalog", "explanation-index", "explanation-page"]
    .map((name) => `export * from ${JSON.stringify(join(root, "src", "diagnostics", `${name}.ts`))};`)
    .join("\n");
  const bundle = await rolldown({
    input: "entry",
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === "entry" ? id : null),
        load: (id) => (id === "entry" ? entry : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm" });
  return import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString("base64")}`);
}

function listed(path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

function readOr(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}
