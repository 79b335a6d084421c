import { createAdaptorServer } from "@hono/node-server";
import express from "express";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import {
  createRequestAssigner,
  nodeRequest,
  type RequestAssigner,
  signForce,
  writeHeaders,
} from "../../../src/integrations/server/index.ts";
import { createExperiments, load, type Message, type OpenExperiments } from "../../../src/runtime/index.ts";
import { experimentEntry } from "../experiment-entry.ts";
import { serve } from "../loopback.ts";
import { type ButtonArm, buyButton, SECRET, type ShopContext, shop } from "./shop.ts";

const force = { secret: SECRET };
const context = ({ id }: { readonly id: string | null }): ShopContext => ({ userId: id });

/** An app on Express: a middleware, then routers that ask for arms. */
async function expressApp(app: ReturnType<typeof shop>): Promise<string> {
  const assignerOf = createRequestAssigner({ experiments: app.experiments, context, force });
  const server = express();
  server.use(async (request, response, next) => {
    const assigner = await assignerOf(nodeRequest(request));
    writeHeaders(assigner, response);
    response.cookie("theme", "dark");
    response.locals.assigner = assigner;
    next();
  });
  const cart = express.Router();
  cart.get("/cart", async (request, response) => {
    const assigner = await assignerOf(nodeRequest(request));
    if (assigner !== response.locals.assigner) throw new Error("made twice");
    response.json(assigner.assign(buyButton));
  });
  cart.get("/arms", async (request, response) => {
    response.json((await assignerOf(nodeRequest(request))).assignAll());
  });
  cart.get("/arms/:experiment", async (request, response) => {
    response.json((await assignerOf(nodeRequest(request))).get(request.params.experiment));
  });
  server.use("/shop", cart);
  server.get("/about", (_, response) => void response.send("about us"));
  return serve(server);
}

/** An app on Hono: a middleware around every handler. */
async function honoApp(app: ReturnType<typeof shop>): Promise<string> {
  const assignerOf = createRequestAssigner({ experiments: app.experiments, context, force });
  const server = new Hono<{ Variables: { assigner: RequestAssigner<ShopContext, OpenExperiments> } }>();
  server.use(async (hono, next) => {
    const assigner = await assignerOf(hono.req.raw);
    hono.set("assigner", assigner);
    await next();
    hono.res = assigner.respond(hono.res);
  });
  server.get("/shop/cart", (hono) => {
    hono.header("set-cookie", "theme=dark; Path=/");
    return hono.json(hono.get("assigner").assign(buyButton));
  });
  server.get("/shop/arms", (hono) => hono.json(hono.get("assigner").assignAll()));
  server.get("/shop/arms/:experiment", (hono) =>
    hono.json(hono.get("assigner").get(hono.req.param("experiment"))),
  );
  server.get("/about", (hono) => hono.text("about us"));
  const listener = createAdaptorServer({ fetch: server.fetch }).listeners("request")[0];
  return serve(listener as Parameters<typeof serve>[0]);
}

/**
 * An app on Next's forms, which are web requests and responses: `proxy` runs first, and hands the request on
 * with the cookies that the answer will set; the route behind it sees what a browser would have sent.
 */
async function nextApp(app: ReturnType<typeof shop>): Promise<string> {
  const assignerOf = createRequestAssigner({ experiments: app.experiments, context, force });
  async function proxy(request: Request, next: (request: Request) => Promise<Response>): Promise<Response> {
    const assigner = await assignerOf(request);
    const headers = new Headers(request.headers);
    headers.set("cookie", assigner.cookieHeader);
    return assigner.respond(await next(new Request(request, { headers })));
  }
  async function route(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/about") return new Response("about us");
    const assigner = await assignerOf(request);
    const [, experiment] = /^\/shop\/arms\/(.+)/.exec(pathname) ?? [];
    if (experiment) return assigner.respond(Response.json(assigner.get(experiment)));
    if (pathname === "/shop/arms") return assigner.respond(Response.json(assigner.assignAll()));
    const answer = assigner.respond(Response.json(assigner.assign(buyButton)));
    answer.headers.append("set-cookie", "theme=dark; Path=/");
    return answer;
  }
  const listener = createAdaptorServer({ fetch: (request) => proxy(request, route) }).listeners("request")[0];
  return serve(listener as Parameters<typeof serve>[0]);
}

describe.each([
  ["Express", expressApp],
  ["Hono", honoApp],
  ["Next's proxy and route handler", nextApp],
])("%s", (_, start) => {
  test("gives a new browser an id, and the same variant from then on", async () => {
    const app = shop();
    const origin = await start(app);
    const first = await fetch(`${origin}/shop/cart`);
    const cookies = first.headers.getSetCookie();
    const id = cookies
      .map((cookie) => /^ft_id=([^;]+)/.exec(cookie)?.[1])
      .find((value) => value !== undefined);
    expect(cookies.filter((cookie) => cookie.startsWith("ft_id="))).toHaveLength(1);
    expect(cookies.some((cookie) => cookie.startsWith("theme=dark"))).toBe(true);
    expect(first.headers.get("cache-control")).toMatch(/\bprivate\b/);
    const arm = (await first.json()) as ButtonArm;
    expect(arm).toEqual(app.experiments.peek(buyButton, { userId: id! }));
    for (let again = 0; again < 3; again++) {
      const next = await fetch(`${origin}/shop/cart`, { headers: { cookie: `ft_id=${id}` } });
      expect(await next.json()).toEqual(arm);
      expect(next.headers.getSetCookie().some((cookie) => cookie.startsWith("ft_id="))).toBe(false);
    }
    expect(await app.exposures()).toMatchObject([{ unitId: id, variant: arm.variant, forced: false }]);
  });

  test("splits browsers", async () => {
    const origin = await start(shop());
    const variants = await Promise.all(
      Array.from({ length: 64 }, async () => {
        const answer = await fetch(`${origin}/shop/cart`);
        return ((await answer.json()) as ButtonArm).variant;
      }),
    );
    expect(new Set(variants)).toEqual(new Set(["control", "green"]));
  });

  test("hands all arms to a front end, and asks by key what the front end shows", async () => {
    const app = shop();
    const origin = await start(app);
    const headers = { cookie: "ft_id=visitor-42" };
    const answer = await fetch(`${origin}/shop/arms`, { headers });
    expect(answer.headers.get("cache-control")).toMatch(/\bprivate\b/);
    const arms = (await answer.json()) as Record<string, unknown>;
    expect(arms).toEqual(app.experiments.assignAll({ userId: "visitor-42" }));
    expect(await app.exposures()).toEqual([]);
    const one = await fetch(`${origin}/shop/arms/buy-button`, { headers });
    expect(await one.json()).toEqual(arms["buy-button"]);
    expect(await app.exposures()).toMatchObject([{ experiment: "buy-button", unitId: "visitor-42" }]);
    expect(await (await fetch(`${origin}/shop/arms/gone`, { headers })).json()).toMatchObject({
      variant: null,
      reason: "not-running",
    });
  });

  test("logs nothing for a page without experiments", async () => {
    const app = shop();
    const origin = await start(app);
    expect(await (await fetch(`${origin}/about`)).text()).toBe("about us");
    expect(await app.exposures()).toEqual([]);
  });

  test("shows a tester the variant that a signed link names, and marks it", async () => {
    const app = shop();
    const origin = await start(app);
    const token = await signForce(
      { "buy-button": "green" },
      { secret: SECRET, expires: Date.now() + 60_000 },
    );
    for (let visitor = 0; visitor < 8; visitor++) {
      const answer = await fetch(`${origin}/shop/cart?ft_force=${token}`);
      expect(await answer.json()).toMatchObject({ variant: "green", reason: "override" });
      expect(answer.headers.getSetCookie().some((cookie) => cookie.startsWith(`ft_force=${token};`))).toBe(
        true,
      );
    }
    const logged = await app.exposures();
    expect(logged).toHaveLength(8);
    expect(logged.every(({ forced }) => forced)).toBe(true);
  });
});

test("a backend without a request asks by an experiment's key", async () => {
  const messages: Message[] = [];
  const experiments = createExperiments({
    now: () => 0,
    sinks: [{ name: "memory", send: (batch) => void messages.push(...batch) }],
    experiments: [load(experimentEntry({ key: "show-plugins", unit: { key: "org", id: "orgId" } }))],
  });
  const arm = experiments.get("show-plugins", { orgId: "o-7" });
  expect(arm).toMatchObject({ variant: expect.stringMatching(/^(control|green)$/), reason: "assigned" });
  await experiments.flush();
  expect(messages).toMatchObject([{ experiment: "show-plugins", unitType: "org", unitId: "o-7" }]);
});
