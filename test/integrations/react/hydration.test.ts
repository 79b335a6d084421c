// @vitest-environment jsdom
import { act, createElement as h, StrictMode, useState } from "react";
import { renderToString } from "react-dom/server";
import { describe, expect, test } from "vitest";
import {
  type Assignments,
  Experiment,
  ExperimentsProvider,
  type Mismatch,
  useExperiment,
} from "../../../src/integrations/react/index.ts";
import { createExperiments } from "../../../src/runtime/index.ts";
import {
  type CheckoutContext,
  checkout,
  counting,
  forcedCheckout,
  type Log,
  logging,
  userWith,
} from "./checkout.ts";
import { hydrate } from "./page.ts";

const alice = { userId: userWith("one-page"), plan: "pro" } as const;
const bob = { userId: userWith("control"), plan: "pro" } as const;

function Checkout() {
  const { variant, params, reason } = useExperiment(checkout, { context: undefined as never });
  return h("p", null, `${variant} ${params.steps} ${reason}`);
}

const branches = { control: "three steps", "one-page": h("b", null, "one page") };
const child = h(
  "div",
  null,
  h(Checkout),
  h(Experiment<never, never>, { of: checkout, unassigned: "control", children: branches } as never),
);

/** What the server sends: the arms of a context, through JSON. */
function sent(context: CheckoutContext): Assignments {
  const { peek } = logging().experiments;
  return JSON.parse(JSON.stringify({ checkout: peek(checkout, context) }));
}

describe("hydration", () => {
  test("finds what the server rendered, from the same context, and logs one exposure", async () => {
    const server = counting(logging().experiments);
    const app = (experiments: typeof server) =>
      h(StrictMode, null, h(ExperimentsProvider, { experiments, context: alice }, child));
    const html = renderToString(app(server));
    expect(html).toContain("one-page 1 assigned");
    const { experiments, exposures } = logging();
    const { element, recovered } = await hydrate(html, app(experiments as typeof server));
    expect(element.innerHTML).toBe(html);
    expect(recovered).toEqual([]);
    expect(server.calls).toEqual([]);
    expect(await exposures()).toEqual([`checkout/one-page/${alice.userId}`]);
  });

  test("finds it too where the browser cannot assign: the server's arm is shown", async () => {
    const assignments = sent(alice);
    const mismatches: Mismatch[] = [];
    const { experiments, exposures } = logging();
    const app = (context: object) =>
      h(
        ExperimentsProvider,
        { experiments, context, assignments, onMismatch: (found) => mismatches.push(found) },
        child,
      );
    const html = renderToString(app(alice));
    const { element, recovered } = await hydrate(html, app({ userId: alice.userId }));
    expect(element.innerHTML).toBe(html);
    expect(recovered).toEqual([]);
    expect(await exposures()).toEqual([`checkout/one-page/${alice.userId}`]);
    expect(mismatches).toEqual([]);
  });

  test("renders what was sent, not what the code would assign", async () => {
    const assignments = sent(bob);
    const { experiments } = logging();
    const html = renderToString(h(ExperimentsProvider, { experiments, context: alice, assignments }, child));
    expect(html).toContain("control 3 assigned");
    expect(html).toContain("three steps");
  });

  test("would differ without what was sent: the test can fail", async () => {
    const { experiments } = logging();
    const app = (context: object) => h(ExperimentsProvider, { experiments, context }, child);
    const { recovered } = await hydrate(renderToString(app(alice)), app(bob));
    expect(recovered).not.toEqual([]);
  });

  test("never logs a variant that is not on the page", async () => {
    const mismatches: Mismatch[] = [];
    const { experiments, exposures } = logging();
    const onMismatch = (found: Mismatch) => mismatches.push(found);
    const app = h(
      ExperimentsProvider,
      { experiments, context: alice, assignments: sent(bob), onMismatch },
      child,
    );
    const { element } = await hydrate(renderToString(app), app);
    expect(element.textContent).toContain("control 3 assigned");
    expect(await exposures()).toEqual([]);
    expect(mismatches).toContainEqual({ experiment: "checkout", shown: "control", assigned: "one-page" });
  });

  test("logs an overridden unit as overridden or not at all", async () => {
    const forced: Assignments = {
      checkout: { variant: "one-page", params: { steps: 1 }, reason: "override" },
    };
    const { experiments, exposures } = logging();
    const app = h(ExperimentsProvider, { experiments, context: alice, assignments: forced }, child);
    await hydrate(renderToString(app), app);
    expect(await exposures()).toEqual([]);
  });

  test("finds a preview's variant where both sides were told of it, and logs it as forced", async () => {
    const force = JSON.parse(JSON.stringify(Object.fromEntries(new Map([["checkout", "one-page"]]))));
    const app = (experiments: Log["experiments"]) =>
      h(ExperimentsProvider, { experiments, context: bob }, child);
    const html = renderToString(app(createExperiments({ now: () => 0, force })));
    expect(html).toContain("one-page 1 override");
    const { experiments, exposures, messages } = logging({ force });
    const { element, recovered } = await hydrate(html, app(experiments));
    expect(element.innerHTML).toBe(html);
    expect(recovered).toEqual([]);
    expect(await exposures()).toEqual([`checkout/one-page/${bob.userId}`]);
    expect(messages).toMatchObject([{ forced: true }]);
  });

  test("shows the server's arm until the context changes, then assigns anew", async () => {
    const { experiments, exposures } = logging();
    const assignments = sent(alice);
    let become = (_: CheckoutContext) => {};
    let rerender = () => {};
    function App() {
      const [context, setContext] = useState<CheckoutContext>(alice);
      const [, setCount] = useState(0);
      become = setContext;
      rerender = () => setCount((count) => count + 1);
      return h(ExperimentsProvider, { experiments, context: { ...context }, assignments }, child);
    }
    const { element } = await hydrate(renderToString(h(App)), h(App));
    await act(async () => rerender());
    expect(element.textContent).toContain("one-page 1 assigned");
    await act(async () => become(bob));
    expect(element.textContent).toContain("control 3 assigned");
    await act(async () => become(alice));
    expect(await exposures()).toEqual([
      `checkout/one-page/${alice.userId}`,
      `checkout/control/${bob.userId}`,
    ]);
  });

  test("shows what was sent only to the context that it was sent for", () => {
    const { experiments } = logging();
    function Guest() {
      return h("p", null, useExperiment(checkout, { context: alice }).variant);
    }
    const assignments = sent(bob);
    const html = renderToString(h(ExperimentsProvider, { experiments, context: bob, assignments }, h(Guest)));
    expect(html).toBe("<p>one-page</p>");
  });

  test.each([
    ["nothing of the experiment", {}],
    ["no arm", { checkout: "one-page" }],
    ["null", { checkout: null }],
    ["an arm without params", { checkout: { variant: "one-page", reason: "assigned" } }],
    ["a variant that is no text", { checkout: { variant: 1, params: {}, reason: "assigned" } }],
    [
      "a prototype",
      Object.create({ checkout: { variant: "control", params: { steps: 9 }, reason: "assigned" } }),
    ],
  ])("assigns by itself where the server sent %s", (_name, assignments) => {
    const { experiments } = logging();
    const html = renderToString(
      h(ExperimentsProvider, { experiments, context: alice, assignments: assignments as Assignments }, child),
    );
    expect(html).toContain("one-page 1 assigned");
  });

  test("shows nothing for a variant that this build does not know", () => {
    const { experiments } = logging();
    const assignments: Assignments = { checkout: { variant: "constructor", params: {}, reason: "assigned" } };
    const html = renderToString(h(ExperimentsProvider, { experiments, context: alice, assignments }, child));
    expect(html).not.toMatch(/three steps|one page/);
  });

  test("is the same for forced arms", async () => {
    const { experiments, messages } = logging();
    function Forced() {
      return h("p", null, useExperiment(forcedCheckout, { context: alice }).reason);
    }
    const app = h(ExperimentsProvider, { experiments, context: {} }, h(Forced));
    const { recovered } = await hydrate(renderToString(app), app);
    await experiments.flush();
    expect(recovered).toEqual([]);
    expect(messages).toMatchObject([{ variant: "one-page", forced: true }]);
  });
});
