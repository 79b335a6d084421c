import { describe, expect, test } from "vitest";
import { createLive } from "../../../src/integrations/live/index.ts";
import {
  createRequestAssigner,
  type RequestAssignerOptions,
  signForce,
} from "../../../src/integrations/server/index.ts";
import { createExperiments, type Experiments, load, type Message } from "../../../src/runtime/index.ts";
import { experimentEntry } from "../experiment-entry.ts";
import { manifestOf } from "../live/manifests.ts";
import { buyButton, SECRET, type ShopContext, shop, showPlugins } from "./shop.ts";

type Options = RequestAssignerOptions<ShopContext, Request, Experiments>;

function assignerOf(changes: Partial<Options> = {}) {
  const app = shop();
  const make = createRequestAssigner<ShopContext, Request, Experiments>({
    experiments: app.experiments,
    context: ({ id }) => ({ userId: id }),
    ...changes,
  });
  return { ...app, make };
}

function request(headers: Record<string, string> = {}, url = "https://shop.test/"): Request {
  return new Request(url, { headers });
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe("a visitor's id", () => {
  test("is made where the browser has none, and set in the same answer", async () => {
    const { make } = assignerOf();
    const assigner = await make(request());
    expect(assigner.context.userId).toMatch(UUID);
    const answer = assigner.respond(new Response("hello"));
    expect(answer.headers.getSetCookie()).toEqual([
      `ft_id=${assigner.context.userId}; Path=/; Max-Age=34560000; HttpOnly; Secure; SameSite=Lax`,
    ]);
    expect(assigner.cookieHeader).toBe(`ft_id=${assigner.context.userId}`);
  });

  test("is the browser's where it has one, and nothing is set", async () => {
    const { make } = assignerOf();
    const assigner = await make(request({ cookie: "a=b; ft_id=visitor-42; c" }));
    expect(assigner.context.userId).toBe("visitor-42");
    expect(assigner.setCookies).toEqual([]);
    const answer = new Response("hello", { headers: { "cache-control": "public, max-age=60" } });
    expect(assigner.respond(answer).headers.get("cache-control")).toBe("public, max-age=60");
  });

  test.each([
    ["empty", ""],
    ["short", "x"],
    ["long", "x".repeat(65)],
    ["quoted", '"visitor-42"'],
    ["markup", "<script>alert</script>"],
  ])("is replaced where the cookie is %s", async (_, value) => {
    const { make } = assignerOf();
    const { context, setCookies } = await make(request({ cookie: `ft_id=${value}` }));
    expect(context.userId).toMatch(UUID);
    expect(setCookies).toHaveLength(1);
  });

  test("is the first sound one of several cookies with its name", async () => {
    const { make } = assignerOf();
    const { context } = await make(request({ cookie: "ft_id=?; ft_id=visitor-42; ft_id=visitor-43" }));
    expect(context.userId).toBe("visitor-42");
  });

  test("is the session's before the cookie's, and then no cookie is made", async () => {
    const { make } = assignerOf({ session: async ({ headers }) => headers.get("x-user") });
    const signedIn = await make(request({ "x-user": "u-1", cookie: "ft_id=visitor-42" }));
    expect(signedIn.context.userId).toBe("u-1");
    const fresh = await make(request({ "x-user": "u-1" }));
    expect(fresh.setCookies).toEqual([]);
    expect((await make(request({ "x-user": "" }))).context.userId).toMatch(UUID);
  });

  test("gives whoever is signed in a cookie too where that is asked for", async () => {
    const { make } = assignerOf({
      session: () => "u-1",
      cookie: { always: true },
      context: ({ sessionId, cookieId }) => ({ userId: `${sessionId}/${cookieId?.length}` }),
    });
    const assigner = await make(request());
    expect(assigner.context.userId).toBe("u-1/36");
    expect(assigner.setCookies).toHaveLength(1);
  });

  test("is not made where it may not be: the visitor is in no experiment", async () => {
    const { make } = assignerOf({ cookie: { allowed: ({ headers }) => headers.get("x-consent") === "yes" } });
    const assigner = await make(request());
    expect(assigner.assign(buyButton)).toMatchObject({ variant: null, reason: "no-unit" });
    expect(assigner.setCookies).toEqual([]);
    expect((await make(request({ "x-consent": "yes" }))).context.userId).toMatch(UUID);
  });

  test.each([
    ["http://shop.test/", {}, false],
    ["http://10.0.0.7/", { "x-forwarded-proto": "https, http" }, true],
    ["https://shop.test/", { "x-forwarded-proto": "http" }, false],
    ["/only/a/path", {}, false],
  ] as const)("is Secure where the browser speaks https: %s %o", async (url, headers, secure) => {
    const { make } = assignerOf();
    const asked = { url, headers: new Headers(headers) } as Request;
    expect((await make(asked)).setCookies[0]!.includes("; Secure")).toBe(secure);
  });

  test("has the cookie that the app describes, and no header can be injected", async () => {
    const cookie = { name: "__Host-visitor", maxAge: 60, sameSite: "Strict", secure: true } as const;
    const { make } = assignerOf({ cookie });
    const [set] = (await make(request())).setCookies;
    expect(set).toMatch(
      /^__Host-visitor=[\da-f-]{36}; Path=\/; Max-Age=60; HttpOnly; Secure; SameSite=Strict$/,
    );
    for (const bad of [{ name: "a;b" }, { name: "" }, { path: "/;x" }, { domain: "a\r\nb" }])
      expect(() => assignerOf({ cookie: bad })).toThrow(RangeError);
  });
});

describe("an assigner", () => {
  test("is made once per request, and asks the app once", async () => {
    let asked = 0;
    const { make } = assignerOf({ context: ({ id }) => ({ userId: `${id}-${asked++}` }) });
    const one = request();
    expect(await make(one)).toBe(await make(one));
    expect(await make(request())).not.toBe(await make(one));
    expect(asked).toBe(2);
  });

  test("logs nothing before a handler asks, and one exposure however often it asks", async () => {
    const { make, exposures } = assignerOf();
    const assigner = await make(request());
    assigner.peek(buyButton);
    expect(await exposures()).toEqual([]);
    const arm = assigner.assign(buyButton);
    expect(assigner.assign(buyButton)).toBe(arm);
    expect(await exposures()).toMatchObject([
      { experiment: "buy-button", variant: arm.variant, unitId: assigner.context.userId, forced: false },
    ]);
  });

  test("assigns as the experiments themselves do", async () => {
    const { make, experiments } = assignerOf();
    for (let index = 0; index < 200; index++) {
      const { peek, context } = await make(request({ cookie: `ft_id=visitor-${index}` }));
      expect(peek(buyButton)).toBe(experiments.peek(buyButton, context));
    }
  });

  test("is asked by key, as by the experiment itself", async () => {
    const { make, exposures } = assignerOf();
    const assigner = await make(request());
    expect(assigner.get("buy-button")).toBe(assigner.peek(buyButton));
    expect(assigner.isPersonal()).toBe(true);
    expect(assigner.get("gone")).toEqual({ variant: null, params: {}, reason: "not-running" });
    expect(await exposures()).toMatchObject([{ experiment: "buy-button" }]);
  });

  test("gives a front end all arms as JSON, without an exposure", async () => {
    const { make, exposures } = assignerOf();
    const assigner = await make(request({ cookie: "ft_id=visitor-42" }));
    expect(assigner.isPersonal()).toBe(false);
    const arms = assigner.assignAll();
    expect(arms).toEqual({
      "buy-button": assigner.peek(buyButton),
      "show-plugins": assigner.peek(showPlugins),
    });
    expect(JSON.parse(JSON.stringify(arms))).toEqual(arms);
    expect([assigner.isPersonal(), await exposures()]).toEqual([true, []]);
  });

  test("stays with its arms, and logs them, where an experiment is stopped meanwhile", async () => {
    let status = "running";
    const manifest = () => manifestOf(experimentEntry({ status: status as "running" }));
    const live = createLive({
      url: "https://shop.test/m.json",
      fetch: async () => Response.json(manifest()),
    });
    const logged: Message[] = [];
    const { make } = assignerOf({
      experiments: createExperiments({
        now: () => 0,
        live,
        experiments: [buyButton],
        sinks: [{ name: "memory", send: (batch) => void logged.push(...batch) }],
      }),
    });
    const assigner = await make(request());
    const shown = assigner.assignAll()["buy-button"]!;
    expect(shown.variant).not.toBeNull();
    status = "stopped";
    await live.refresh();
    expect(assigner.get("buy-button")).toBe(shown);
    expect(logged).toMatchObject([{ variant: shown.variant }]);
    expect((await make(request())).get("buy-button").reason).toBe("not-running");
  });

  test("keeps a visitor's own answer out of shared caches", async () => {
    const { make } = assignerOf();
    const cached = () =>
      new Response("", { headers: { "cache-control": "public, s-maxage=600, max-age=60" } });
    const assigner = await make(request({ cookie: "ft_id=visitor-42" }));
    expect(assigner.isPersonal()).toBe(false);
    assigner.assign(buyButton);
    expect(assigner.isPersonal()).toBe(true);
    expect(assigner.respond(cached()).headers.get("cache-control")).toBe("private, max-age=60");
    expect(assigner.respond(new Response("")).headers.get("cache-control")).toBe("private");
    const secret = new Response("", { headers: { "cache-control": "no-store" } });
    expect(assigner.respond(secret).headers.get("cache-control")).toBe("no-store");
  });

  test("sets cookies on answers whose headers cannot be changed", async () => {
    const { make } = assignerOf();
    const redirect = (await make(request())).respond(Response.redirect("https://shop.test/next", 302));
    expect(redirect.status).toBe(302);
    expect(redirect.headers.get("location")).toBe("https://shop.test/next");
    expect(redirect.headers.getSetCookie()).toHaveLength(1);
  });

  test("lets the app's own failures through, and tries again the next time", async () => {
    let broken = true;
    const { make } = assignerOf({
      session: () => {
        if (broken) throw new Error("the session store is away");
        return "u-1";
      },
    });
    const one = request();
    await expect(make(one)).rejects.toThrow("the session store is away");
    broken = false;
    expect((await make(one)).context.userId).toBe("u-1");
  });
});

describe("forced variants", () => {
  const now = () => Date.UTC(2026, 10, 2);
  const force = { secret: SECRET, now };
  const token = (variant = "green", expires = now() + 60_000) =>
    signForce({ "buy-button": variant }, { secret: SECRET, expires });
  const ask = (text: string) => {
    const url = new URL("https://shop.test/cart?x=1");
    url.searchParams.set("ft_force", text);
    return request({ cookie: "ft_id=visitor-42" }, url.href);
  };

  test("are given to whoever has the token, marked, and kept in a cookie until it ends", async () => {
    const { make, exposures } = assignerOf({ force });
    for (const variant of ["green", "control"]) {
      const signed = await token(variant);
      const assigner = await make(ask(signed));
      expect(assigner.assign(buyButton)).toMatchObject({ variant, reason: "override" });
      expect(assigner.setCookies).toEqual([
        `ft_force=${signed}; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax`,
      ]);
      const next = await make(request({ cookie: assigner.cookieHeader }));
      expect(next.assign(buyButton)).toMatchObject({ variant, reason: "override" });
      expect(next.setCookies).toEqual([]);
    }
    const logged = await exposures();
    expect(logged.map(({ variant, forced }) => [variant, forced])).toEqual([
      ["green", true],
      ["control", true],
    ]);
  });

  test("reach a unit without an id, and are then not logged", async () => {
    const { make, exposures } = assignerOf({ force, context: () => ({ userId: null }) });
    const assigner = await make(ask(await token()));
    expect(assigner.assign(buyButton)).toMatchObject({ variant: "green", reason: "override" });
    expect(await exposures()).toEqual([]);
  });

  test("end when the token says", async () => {
    const { make } = assignerOf({ force });
    const assigner = await make(ask(await token("green", now())));
    expect(assigner.forceProblem).toBe("expired");
    expect(assigner.peek(buyButton).reason).toBe("assigned");
    const kept = request({ cookie: `ft_id=visitor-42; ft_force=${await token("green", now() - 1_000)}` });
    expect((await make(kept)).forced.size).toBe(0);
  });

  test("are taken away by an empty parameter", async () => {
    const { make } = assignerOf({ force });
    const cookie = `ft_force=${await token()}; ft_id=visitor-42`;
    const assigner = await make(request({ cookie }, "https://shop.test/?ft_force="));
    expect(assigner.forced.size).toBe(0);
    expect(assigner.setCookies).toEqual(["ft_force=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax"]);
    expect(assigner.cookieHeader).toBe("ft_id=visitor-42");
  });

  test("are refused where any character of the token is changed", async () => {
    const { make } = assignerOf({ force });
    const signed = await token();
    for (let index = 0; index < signed.length; index++) {
      const changed = `${signed.slice(0, index)}${signed[index] === "1" ? "2" : "1"}${signed.slice(index + 1)}`;
      const assigner = await make(ask(changed));
      expect(assigner.forceProblem, changed).toMatch(/^(forged|malformed)$/);
      expect(assigner.forced.size).toBe(0);
    }
  });

  test.each([
    ["another secret", () => signForce({ "buy-button": "green" }, { secret: "x".repeat(16), expires: 1e13 })],
    ["nonsense", async () => "~~~"],
    ["a huge text", async () => "a".repeat(1_000_000)],
    ["no signature", async () => (await token()).replace(/~[^~]*$/, "")],
  ])("are refused with %s", async (_, make) => {
    const assigner = await assignerOf({ force }).make(ask(await make()));
    expect(assigner.forceProblem).not.toBeNull();
    expect(assigner.peek(buyButton).reason).toBe("assigned");
  });

  test("are not read where the app has no secret", async () => {
    const assigner = await assignerOf().make(ask(await token()));
    expect(assigner.forced.size).toBe(0);
    expect(assigner.setCookies).toEqual([]);
  });

  test("may be signed by the secret before the last", async () => {
    const { make } = assignerOf({ force: { secret: ["a new secret, in use from now", SECRET], now } });
    expect((await make(ask(await token()))).peek(buyButton).variant).toBe("green");
  });

  test("are given under a live manifest that has stopped the experiment", async () => {
    const stopped = experimentEntry({ status: "stopped" });
    const live = createLive({
      url: "https://shop.test/manifest.json",
      fetch: async () => Response.json(manifestOf(stopped)),
    });
    await live.refresh();
    const { make } = assignerOf({ force, experiments: createExperiments({ now: () => 0, live }) });
    expect((await make(request())).peek(buyButton).reason).toBe("not-running");
    expect((await make(ask(await token()))).peek(buyButton)).toMatchObject({
      variant: "green",
      reason: "override",
    });
  });

  test("are among those that are asked for by key, and all at once", async () => {
    const { make, exposures } = assignerOf({ force });
    const assigner = await make(ask(await token()));
    expect(assigner.assignAll()).toMatchObject({
      "buy-button": { variant: "green", reason: "override" },
      "show-plugins": { reason: "assigned" },
    });
    expect(assigner.get("buy-button")).toMatchObject({ variant: "green", reason: "override" });
    expect(await exposures()).toMatchObject([{ variant: "green", forced: true }]);
  });

  test("say nothing where the experiment has no such variant, or is concluded", async () => {
    const { make } = assignerOf({ force });
    expect((await make(ask(await token("blue")))).peek(buyButton).reason).toBe("assigned");
    const concluded = load(experimentEntry({ status: "concluded", shipped: "control" }));
    expect((await make(ask(await token()))).peek(concluded as never)).toMatchObject({
      variant: "control",
      reason: "concluded",
    });
  });

  test("need a secret that cannot be guessed", async () => {
    expect(() => assignerOf({ force: { secret: "short" } })).toThrow(RangeError);
    await expect(signForce({}, { secret: "", expires: 0 })).rejects.toThrow(RangeError);
  });
});
