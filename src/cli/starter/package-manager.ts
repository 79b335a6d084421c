import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** What installs a development dependency, by the lock file that is nearest above, inside the repository. */
export function installCommand(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    const known = INSTALLERS.find(([lock]) => existsSync(join(folder, lock)));
    if (known) return known[1];
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return DEFAULT;
  }
}

const DEFAULT = "npm install --save-dev";

const INSTALLERS: readonly (readonly [lock: string, command: string])[] = [
  ["package-lock.json", DEFAULT],
  ["pnpm-lock.yaml", "pnpm add --save-dev"],
  ["yarn.lock", "yarn add --dev"],
  ["bun.lock", "bun add --dev"],
  ["bun.lockb", "bun add --dev"],
];
