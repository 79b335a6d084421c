import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "rolldown";
import { fairtrial, repository, temporaryFolder, writeFiles } from "../command-line.ts";
import { serve } from "../integrations/loopback.ts";

export type Mode = "development" | "production";

/** What the page sent to `/collect`. */
export interface Collected {
  readonly id: string;
  readonly experiment: string;
  readonly variant: string;
  readonly unitId: string;
  readonly reason: string;
}

/** The app of `test/browser/app` on the loopback interface. */
export interface Site {
  readonly origin: string;
  readonly collected: readonly Collected[];
  /** Lets `/browser.js` wait, so that the page stays as the server rendered it; gives what lets it go. */
  holdScript(): () => void;
}

/** No script, style or request of another origin, none in the page, and no `eval`. */
const POLICY = [
  ..."default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:".split("; "),
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

/** Compiles the experiments, checks the types of the app and bundles it, as its own CI would; gives its folder. */
export async function buildApp(): Promise<string> {
  const app = temporaryFolder();
  cpSync(join(import.meta.dirname, "app"), app, { recursive: true });
  const { code, stdout, stderr } = await fairtrial(app, "build");
  if (code !== 0) throw new Error(stdout + stderr);
  writeFiles(app, { "package.json": '{ "type": "module" }', "tsconfig.json": JSON.stringify(TSCONFIG) });
  symlinkSync(join(repository, "node_modules"), join(app, "node_modules"));
  const compiler = join(repository, "node_modules", "typescript", "bin", "tsc");
  execFileSync(process.execPath, [compiler, "--project", app], { cwd: app, stdio: "pipe" });
  await bundle(app, "development");
  await bundle(app, "production");
  return app;
}

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: "ES2022",
    lib: ["ES2022", "DOM"],
    module: "ESNext",
    moduleResolution: "Bundler",
    jsx: "react-jsx",
    types: ["node"],
    skipLibCheck: true,
    noEmit: true,
  },
  include: ["generated", "*.tsx"],
};

/** Serves the app until the test ends. */
export async function openSite(app: string, mode: Mode): Promise<Site> {
  const { answer }: { answer: (request: IncomingMessage, response: ServerResponse) => Promise<void> } =
    await import(/* @vite-ignore */ pathToFileURL(join(app, mode, "server.js")).href);
  const files: Readonly<Record<string, readonly [type: string, path: string]>> = {
    "/browser.js": ["text/javascript", `${mode}/browser.js`],
    "/style.css": ["text/css", "style.css"],
  };
  const collected: Collected[] = [];
  let held: Promise<void> | undefined;
  const origin = await serve(async (request, response) => {
    const path = request.url?.split("?")[0] ?? "";
    if (path === "/collect") {
      collected.push(...(await readLines(request)));
      response.writeHead(204).end();
    } else if (files[path]) {
      const [type, file] = files[path];
      if (path === "/browser.js") await held;
      response.writeHead(200, { "content-type": type }).end(readFileSync(join(app, file)));
    } else {
      response.setHeader("content-security-policy", POLICY);
      await answer(request, response);
    }
  });
  return {
    origin,
    collected,
    holdScript() {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
  };
}

async function bundle(app: string, mode: Mode): Promise<void> {
  const common = {
    cwd: app,
    transform: { define: { "process.env.NODE_ENV": JSON.stringify(mode) } },
    logLevel: "silent",
  } as const;
  await build({
    ...common,
    input: "browser.tsx",
    platform: "browser",
    output: { dir: mode, minify: mode === "production" },
  });
  await build({
    ...common,
    input: "server.tsx",
    platform: "node",
    output: { dir: mode, entryFileNames: "server.js" },
  });
}

async function readLines(request: IncomingMessage): Promise<readonly Collected[]> {
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += part;
  return body
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
