// Compiles src/ to dist/, or to the folder that is given, whole or not at all.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

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
const workflows = join("cli", "workflows");
for (const name of readdirSync(join(root, "src", workflows)).filter((name) => name.endsWith(".yml")))
  cpSync(join(root, "src", workflows, name), join(staged, workflows, name));
chmodSync(join(staged, "cli", "main.js"), 0o755);
const old = `${dist}.old.${process.pid}`;
if (existsSync(dist)) renameSync(dist, old);
renameSync(staged, dist);
rmSync(old, { recursive: true, force: true });
