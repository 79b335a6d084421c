// The main job on the worked example: validate → plan → build → simulate → analyze → report.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const cli = join(root, "dist", "cli", "main.js");

run(process.execPath, [join(root, "scripts", "build.mjs")]);
for (const words of [
  ["validate"],
  ["plan"],
  ["build"],
  [
    "simulate",
    ...["--seed", "7", "--units", "30000"],
    ...["--effect", "one-page:checkout-conversion=+25%"],
    ...["--effect", "1:plugin-installation=+15%"],
    ...["--effect", "banner:checkout-conversion=+20%"],
  ],
  ["analyze"],
  ["report", "--out", "site"],
]) {
  console.log(`\n\u001b[1m$ fairtrial ${words.join(" ")}\u001b[0m`);
  run(process.execPath, [cli, ...words, "--cwd", root]);
}

function run(command, args) {
  const { status, signal } = spawnSync(command, args, { stdio: "inherit", cwd: root });
  if (status !== 0) process.exit(status ?? (signal ? 130 : 1));
}
