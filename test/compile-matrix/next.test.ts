import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { detectedStyle, expected, type ImportStyle, read, writeApp } from "./app.ts";
import { type Bundler, LAYOUT, nextConfig, TSCONFIG } from "./next-app.ts";
import { hasTools, runNode, tool } from "./tools.ts";

const page = (ending: string) => `import { Variants } from "./client${ending}";
import { variants } from "../variants${ending}";
export default function Page() {
  return <main><p id="server">{variants}</p><Variants /></main>;
}
`;

const client = (ending: string) => `"use client";
import { variants } from "../variants${ending}";
export function Variants() {
  return <p id="client">{variants}</p>;
}
`;

function nextApp(style: ImportStyle, bundler: Bundler): string {
  const ending = { js: ".js", none: "", ts: ".ts" }[style];
  return writeApp(
    style,
    {
      "next.config.mjs": nextConfig(bundler),
      "tsconfig.json": JSON.stringify(TSCONFIG),
      "app/layout.tsx": LAYOUT,
      "app/page.tsx": page(ending),
      "app/client.tsx": client(ending),
    },
    "next",
  );
}

describe.skipIf(!hasTools())("Next", { timeout: 180_000 }, () => {
  const build = (app: string, bundler: Bundler) =>
    runNode(app, tool("next/dist/bin/next"), "build", `--${bundler}`);

  test.each(["turbopack", "webpack"] as const)(
    "builds a page of the worked example with %s, on the server and for browsers",
    async (bundler) => {
      const app = nextApp("none", bundler);
      const { code, said } = await build(app, bundler);
      expect({ code, said: code === 0 ? "" : said }).toEqual({ code: 0, said: "" });
      const html = read(app, ".next/server/app/index.html");
      for (const part of ["server", "client"]) expect(html).toContain(`<p id="${part}">${expected}</p>`);
      const chunks = join(app, ".next", "static", "chunks");
      const scripts = readdirSync(chunks, { recursive: true, encoding: "utf8" });
      const bundled = scripts.filter(
        (path) => path.endsWith(".js") && read(chunks, path).includes('"one-page-checkout"'),
      );
      expect(bundled).toHaveLength(1);
    },
  );

  test("finds no `.js`, which is why `init` writes `none` for it", async () => {
    const app = nextApp("js", "turbopack");
    const { code, said } = await build(app, "turbopack");
    expect(code).not.toBe(0);
    expect(said).toMatch(/Module not found: Can't resolve '\.\.?\/\w+\.js'/);
    expect(detectedStyle(app)).toBe("none");
  });
});
