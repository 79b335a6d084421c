import { rmSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { afterAll, beforeAll } from "vitest";
import { repository } from "./command-line.ts";

/** The command line as one process would run it: bundled for this test file, gone after it. */
export function bundledCommandLine(): { readonly main: string } {
  // Two folders below the repository, where the package's own files are looked for.
  const folder = join(repository, "node_modules", `.fairtrial-test-${process.pid}`);
  beforeAll(async () => {
    const build = await rolldown({
      input: join(repository, "src", "cli", "main.ts"),
      platform: "node",
      cwd: repository,
      external: (name) => /^[^./]/.test(name),
    });
    await build.write({ dir: folder, entryFileNames: "main.js", chunkFileNames: "[name]-[hash].js" });
    await build.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { main: join(folder, "main.js") };
}
