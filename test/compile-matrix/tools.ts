import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

export const folder: string = import.meta.dirname;

/**
 * Whether the tools that apps compile with are installed. Without them the tests are skipped, and say so; with
 * FAIRTRIAL_REQUIRE_COMPILERS=1 they run, and fail.
 */
export function hasTools(): boolean {
  // npm writes it last.
  if (existsSync(join(folder, "node_modules", ".package-lock.json"))) return true;
  if (process.env.FAIRTRIAL_REQUIRE_COMPILERS === "1") return true;
  console.warn("SKIPPED: the compile matrix, since its tools are missing (npm ci in test/compile-matrix).");
  return false;
}

/** Whether a program came along, which only its own platform gets; skipping as `hasTools` does. */
export function hasProgram(path: string): boolean {
  if (existsSync(tool(path)) || process.env.FAIRTRIAL_REQUIRE_COMPILERS === "1") return true;
  console.warn(`SKIPPED: what needs ${path}, which is not installed on this platform.`);
  return false;
}

export interface Outcome {
  readonly code: number | null;
  /** Of both streams. */
  readonly said: string;
}

/** What an app's processes are told of their machine. */
export function environment(app: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: app, CI: "1", NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" };
}

/** Runs a script of an installed package, or one of the app's own, in the app's folder. */
export function runNode(app: string, script: string, ...args: readonly string[]): Promise<Outcome> {
  return run(process.execPath, app, script, ...args);
}

/** Runs a program in the app's folder. */
export function run(program: string, app: string, ...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: app,
      env: environment(app),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        said += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, said }));
  });
}

/** The path of a file of an installed package. */
export function tool(path: string): string {
  return join(folder, "node_modules", path);
}
