import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { expected, read, writeApp } from "./app.ts";
import { hasProgram, hasTools, run, runNode, tool } from "./tools.ts";

/** What runs TypeScript as it is. */
const RUNTIMES = {
  "Deno 2": ["@deno/linux-x64-glibc/deno", "run", "--no-config", "--allow-net=127.0.0.1", "main.ts"],
  "Bun 1": ["@oven/bun-linux-x64/bin/bun", "run", "main.ts"],
} as const;

/** Prints the variants, and logs the exposures. */
const MAIN = `import { createExperiments, onePageCheckout } from "./generated/index.ts";
import { httpSink } from "./generated/integrations/http/index.ts";
import { contexts, variants } from "./variants.ts";

export async function main(url: string): Promise<string> {
  const experiments = createExperiments({ sinks: [httpSink({ url })] });
  for (const context of contexts) experiments.assign(onePageCheckout, context);
  await experiments.close();
  return variants;
}
`;

const TASK = (url: string) => `import { main } from "./log.ts";
declare const console: { log(text: string): void };
console.log(await main(${JSON.stringify(url)}));
`;

const WORKER = (url: string) => `import { main } from "./log.ts";
export default { fetch: async () => new Response(await main(${JSON.stringify(url)})) };
`;

const ESBUILD = `import { build } from "esbuild";
await build({ entryPoints: ["worker.ts"], bundle: true, format: "esm", outfile: "out/worker.mjs" });
`;

/** A collector of exposures, until the test ends. */
async function openCollector() {
  const units: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    for (const line of body.trim().split("\n")) units.push((JSON.parse(line) as { unitId: string }).unitId);
    response.writeHead(204).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, units };
}

/** Who meets a variant, in order. */
const met = expected.split(" ").flatMap((variant, index) => (variant.startsWith("none") ? [] : `u-${index}`));

describe.skipIf(!hasTools())("the worked example prints its variants and logs its exposures in", () => {
  const installed = Object.entries(RUNTIMES).filter(([, [program]]) => hasProgram(program));
  test.each(installed)("%s", async (_name, [program, ...args]) => {
    const { url, units } = await openCollector();
    const app = writeApp("ts", { "log.ts": MAIN, "main.ts": TASK(url) }, "typescript", ["http"]);
    expect(await run(tool(program), app, ...args)).toEqual({ code: 0, said: `${expected}\n` });
    expect(units).toEqual(met);
  });

  test("workerd, which runs Cloudflare's Workers", async () => {
    const { url, units } = await openCollector();
    const app = writeApp(
      "ts",
      { "log.ts": MAIN, "worker.ts": WORKER(url), "esbuild.mjs": ESBUILD },
      "esbuild",
      ["http"],
    );
    expect(await runNode(app, "esbuild.mjs")).toMatchObject({ code: 0 });
    const { Miniflare } = (await import(pathToFileURL(tool("miniflare/dist/src/index.js")).href)) as Workers;
    const worker = new Miniflare({
      modules: [{ type: "ESModule", path: join(app, "worker.mjs"), contents: read(app, "out/worker.mjs") }],
      compatibilityDate: "2026-01-01",
    });
    onTestFinished(() => worker.dispose());
    const answer = await worker.dispatchFetch("http://localhost/");
    expect([answer.status, await answer.text()]).toEqual([200, expected]);
    expect(units).toEqual(met);
  });
});

interface Workers {
  readonly Miniflare: new (
    options: object,
  ) => {
    dispatchFetch(url: string): Promise<{ readonly status: number; text(): Promise<string> }>;
    dispose(): Promise<void>;
  };
}
