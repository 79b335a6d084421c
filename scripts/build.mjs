// Compiles src/ to dist/, whole or not at all.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const staged = join(root, `dist.${process.pid}`);
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "--project", "src", "--outDir", staged], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) {
  rmSync(staged, { recursive: true, force: true });
  process.exit(status ?? 1);
}
chmodSync(join(staged, "cli", "main.js"), 0o755);
const dist = join(root, "dist");
const old = join(root, `dist.old.${process.pid}`);
if (existsSync(dist)) renameSync(dist, old);
renameSync(staged, dist);
rmSync(old, { recursive: true, force: true });
