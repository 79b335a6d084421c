import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, onTestFinished, test } from "vitest";
import { explainedArm, writeApp } from "./app.ts";
import { LAYOUT, nextConfig, TSCONFIG } from "./next-app.ts";
import { environment, hasTools, runNode, tool } from "./tools.ts";

// The example of docs/integrations.md and the server components of docs/react.md, as an app.

const visitor = (userId: string | null) => ({
  userId,
  country: "US",
  plan: "pro",
  appVersion: "5.0.0",
  employee: null,
});

const ASSIGNER = `import type { OnePageCheckoutContext } from "./generated/index";
import { createExperiments } from "./generated/index";
import { createRequestAssigner } from "./generated/integrations/server/index";

const visitor = ${JSON.stringify(visitor(null))} as const;

export const experiments = createExperiments();
export const assignerOf = createRequestAssigner({
  experiments,
  context: ({ id }): OnePageCheckoutContext => ({ ...visitor, userId: id }),
});
`;

const PROXY = `import { type NextRequest, NextResponse } from "next/server";
import { assignerOf } from "./assigner";

export async function proxy(request: NextRequest) {
  const assigner = await assignerOf(request);
  const headers = new Headers(request.headers);
  headers.set("cookie", assigner.cookieHeader);
  return assigner.respond(NextResponse.next({ request: { headers } }));
}
`;

const PAGE = `import { headers } from "next/headers";
import { assignerOf, experiments } from "../assigner";
import { onePageCheckout } from "../generated/index";
import { ExposureBeacon, getVariant } from "../generated/integrations/react/index";
import { Providers } from "./providers";
import { Steps } from "./steps";

export default async function Page() {
  const { context } = await assignerOf({ url: "", headers: await headers() });
  const { variant, params, beacon } = getVariant(experiments, onePageCheckout, context);
  const fewest: 1 | 3 = params.steps;
  return (
    <Providers visitor={context}>
      <p id="server">{\`\${context.userId} \${variant} \${fewest}\`}</p>
      <Steps />
      <ExposureBeacon {...beacon} />
    </Providers>
  );
}
`;

const PROVIDERS = `"use client";
import type { ReactNode } from "react";
import { createExperiments, everyExperiment, type OnePageCheckoutContext } from "../generated/index";
import { httpSink } from "../generated/integrations/http/index";
import { ExperimentsProvider } from "../generated/integrations/react/index";

declare module "../generated/integrations/react/index" {
  interface Register {
    readonly context: OnePageCheckoutContext;
  }
}

const experiments = createExperiments({ sinks: [httpSink({ url: "/collect" })] });

interface Props {
  readonly visitor: OnePageCheckoutContext;
  readonly children: ReactNode;
}

export function Providers({ visitor, children }: Props) {
  return (
    <ExperimentsProvider experiments={experiments} context={visitor} every={everyExperiment}>
      {children}
    </ExperimentsProvider>
  );
}
`;

const STEPS = `"use client";
import { onePageCheckout } from "../generated/index";
import { useExperiment } from "../generated/integrations/react/index";

export function Steps() {
  const { variant, params } = useExperiment(onePageCheckout, { expose: "manual" });
  return <p id="client">{\`\${variant} \${params.steps}\`}</p>;
}
`;

/** Starts the app on a free port of the loopback interface until the test ends; gives the origin. */
async function start(app: string): Promise<string> {
  const arguments_ = [tool("next/dist/bin/next"), "start", "--port", "0", "--hostname", "127.0.0.1"];
  const child: ChildProcess = spawn(process.execPath, arguments_, { cwd: app, env: environment(app) });
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill();
    await once(child, "exit");
  });
  let said = "";
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/Ready in/);
  return /http:\/\/127\.0\.0\.1:\d+/.exec(said)![0];
}

const FILES = {
  "next.config.mjs": nextConfig("turbopack"),
  "tsconfig.json": JSON.stringify(TSCONFIG),
  "assigner.ts": ASSIGNER,
  "proxy.ts": PROXY,
  "app/layout.tsx": LAYOUT,
  "app/page.tsx": PAGE,
  "app/providers.tsx": PROVIDERS,
  "app/steps.tsx": STEPS,
};

/** What a page says of its visitor. */
async function visit(origin: string, cookie?: string) {
  const response = await fetch(origin, { headers: cookie ? { cookie } : {} });
  const html = await response.text();
  const [, userId, server] = /<p id="server">(\S+) ([^<]+)<\/p>/.exec(html) ?? [];
  const [, client] = /<p id="client">([^<]+)<\/p>/.exec(html) ?? [];
  return { userId, server, client, headers: response.headers };
}

describe.skipIf(!hasTools())("Next with the server adapter and React", () => {
  test("builds, and serves each visitor one variant: in the proxy, server components and client components", async () => {
    const app = writeApp("none", FILES, "next", ["http", "react", "server"]);
    const { code, said } = await runNode(app, tool("next/dist/bin/next"), "build", "--turbopack");
    expect({ code, said: code === 0 ? "" : said }).toEqual({ code: 0, said: "" });
    const origin = await start(app);
    const shown = new Set<string>();
    for (let count = 0; count < 16; count++) {
      const first = await visit(origin);
      expect(first.headers.get("set-cookie")).toMatch(
        new RegExp(`^ft_id=${first.userId};.*httponly.*samesite=lax`, "i"),
      );
      expect(first.headers.get("cache-control")).toContain("private");
      const { variant, params } = explainedArm(visitor(first.userId!));
      expect(first.server).toBe(`${variant} ${(params as { readonly steps: number }).steps}`);
      expect(first.client).toBe(first.server);
      shown.add(first.server!);
      const { headers, ...again } = await visit(origin, `ft_id=${first.userId}`);
      expect(again).toEqual({ userId: first.userId, server: first.server, client: first.server });
      expect(headers.get("set-cookie")).toBeNull();
    }
    expect(shown.size).toBeGreaterThan(1);
  }, 240_000);
});
