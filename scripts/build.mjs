// Compiles src/ to dist/, or to the folder that is given, whole or not at all. The command line is bundled with what
// it needs to start: a few files load several times faster than the hundreds that they are made of.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve, sep } from "node:path";
import { rolldown } from "rolldown";

const root = join(import.meta.dirname, "..");
const dist = resolve(process.argv[2] ?? join(root, "dist"));
const staged = `${dist}.${process.pid}`;
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "--project", "src", "--outDir", staged], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) {
  rmSync(staged, { recursive: true, force: true });
  process.exit(status ?? 1);
}
const cli = join(staged, "cli");
rmSync(cli, { recursive: true });
const bundled = await bundle();
writeFileSync(join(cli, "LICENSES.txt"), licencesOf(bundled));
const workflows = join(root, "src", "cli", "workflows");
for (const name of readdirSync(workflows).filter((name) => name.endsWith(".yml")))
  cpSync(join(workflows, name), join(cli, name));
chmodSync(join(cli, "main.js"), 0o755);
const old = `${dist}.old.${process.pid}`;
if (existsSync(dist)) renameSync(dist, old);
renameSync(staged, dist);
rmSync(old, { recursive: true, force: true });

/** Writes the command line to its folder; gives the names of the packages in it. */
async function bundle() {
  const entry = join(root, "src", "cli", "main.ts");
  const build = await rolldown({
    input: entry,
    platform: "node",
    cwd: root,
    // Packages stay outside, but for those that every command loads.
    external: (name) => /^[^./]/.test(name) && !/^(?:commander|yaml|@stdlib\/.*)$/.test(name),
    // What yaml gives to browsers does not ask for variables of the environment at every token.
    resolve: { alias: { yaml: join(root, "node_modules", "yaml", "browser", "dist", "index.js") } },
  });
  const { output } = await build.write({
    dir: cli,
    entryFileNames: "main.js",
    // What every command loads is one file: each more takes longer to find than to read. The entry is left to itself,
    // since it waits for what imports that file.
    codeSplitting: { groups: [{ name: "start", tags: ["$initial"], test: (id) => id !== entry }] },
    chunkFileNames: "[name]-[hash].js",
  });
  await build.close();
  const modules = output.flatMap((chunk) => ("moduleIds" in chunk ? chunk.moduleIds : []));
  const packages = modules.map((path) =>
    /node_modules.((?:@[^/\\]+.)?[^/\\]+)/.exec(path)?.[1]?.replace(sep, "/"),
  );
  return [...new Set(packages.filter((name) => name !== undefined))].sort();
}

/** The licences of packages, each once, under the names of those that have it. */
function licencesOf(packages) {
  const names = new Map();
  for (const name of packages) {
    const folder = join(root, "node_modules", name);
    const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)/i.test(file));
    if (files.length === 0) throw new Error(`${name} is bundled and has no licence`);
    const text = files.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n");
    names.set(text, [...(names.get(text) ?? []), name]);
  }
  return [...names]
    .map(([text, holders]) => `${holders.join(", ")}\n\n${text}\n`)
    .join(`\n${"-".repeat(80)}\n\n`);
}
