import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Connection } from "../../src/warehouse/connection.ts";
import { openDuckdb } from "../../src/warehouse/duckdb.ts";

export interface Workspace {
  readonly folder: string;
  write(name: string, content: string | Uint8Array): string;
  open(timezone?: string): Promise<Connection>;
}

/** A folder for a test file's data, removed when its tests are done. */
export function makeWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), "fairtrial-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    write(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    open: (timezone = "UTC") =>
      openDuckdb({
        timezone,
        threads: 2,
        memoryLimit: "1GB",
        temporaryDirectory: join(folder, "spill"),
        allowedDirectories: [folder],
      }),
  };
}
