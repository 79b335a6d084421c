import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { runProgram } from "../src/cli/program.ts";

export const repository: string = join(import.meta.dirname, "..");

/** Real inputs that are not part of the repository. */
export const sharedData: string = join(repository, "..", "shared", "data");

/** True where a shared file exists; says loudly that a test is skipped where it does not. */
export function hasShared(path: string): boolean {
  const found = existsSync(join(sharedData, path));
  if (!found) console.warn(`SKIPPED: ../shared/data/${path} is not here`);
  return found;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, as the binary would, with plain output. */
export async function fairtrial(cwd: string, ...args: readonly string[]): Promise<Outcome> {
  let stdout = "";
  let stderr = "";
  const line = (text: string) => (text.endsWith("\n") ? text : `${text}\n`);
  const code = await runProgram([...args, "--cwd", cwd], {
    color: false,
    width: 100,
    watched: false,
    print: (text) => {
      stdout += line(text);
    },
    log: (text) => {
      stderr += line(text);
    },
  });
  return { code, stdout, stderr };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "fairtrial-test-"));
  folders.push(folder);
  return folder;
}

/** A copy of a project of `test/cases`, with files added or replaced. */
export function caseProject(name: string, files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = temporaryFolder();
  cpSync(join(repository, "test", "cases", name), folder, { recursive: true });
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A copy of the worked example, without anybody's data. */
export function workedExample(): string {
  const folder = temporaryFolder();
  cpSync(join(repository, "experiments"), join(folder, "experiments"), { recursive: true });
  return folder;
}
