// Installs what package-lock.json names, unless that is what stands in node_modules already.
// Runs inside `npm start` and `npm test` rather than as a `pre…` script, which `ignore-scripts` would skip.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Fairtrial needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const stamp = join(root, "node_modules", ".installed");
const wanted = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .update(`${process.platform} ${process.arch} ${major}`)
  .digest("hex");

// The stamp is written last, so that an interrupted install is not taken for a whole one.
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  rmSync(stamp, { force: true });
  console.error("Installing dependencies (npm ci) …");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status, error } = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ["ignore", 2, 2] })
    : spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (status !== 0) {
    console.error(`npm ci failed${error ? `: ${error.message}` : ""}.`);
    process.exit(status ?? 1);
  }
  if (!existsSync(join(root, "node_modules"))) process.exit(0); // a dry run installs nothing
  writeFileSync(stamp, wanted);
}
