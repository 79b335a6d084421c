// @vitest-environment jsdom
import {
  act,
  createElement as h,
  StrictMode,
  Suspense,
  startTransition,
  use,
  useEffect,
  useState,
} from "react";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  type ExperimentOptions,
  ExperimentsProvider,
  type ShownExperiment,
  useExperiment,
} from "../../../src/integrations/react/index.ts";
import {
  type CheckoutArm,
  type CheckoutContext,
  checkout,
  checkoutExperiment,
  counting,
  forcedCheckout,
  logging,
  shipped,
  userWith,
} from "./checkout.ts";
import { open } from "./page.ts";

afterEach(() => vi.unstubAllGlobals());

const alice = { userId: userWith("one-page"), plan: "pro" } as const;
const bob = { userId: userWith("control"), plan: "pro" } as const;

type Options = Omit<ExperimentOptions<CheckoutContext>, "context"> & {
  readonly context?: Partial<CheckoutContext>;
  readonly of?: typeof checkout;
};

function Checkout({ of = checkout, ...options }: Options) {
  const { variant, params, reason, ref } = useExperiment(of, options as ExperimentOptions<CheckoutContext>);
  return h("p", { ref }, `${variant} ${params.steps} ${reason}`);
}

function app(
  experiments: ReturnType<typeof logging>["experiments"],
  context: CheckoutContext,
  options: Options = {},
) {
  return h(ExperimentsProvider, { experiments, context }, h(Checkout, options));
}

describe("useExperiment", () => {
  test("gives variant, params and reason, and logs the exposure", async () => {
    const { experiments, exposures } = logging();
    const { element } = await open(app(experiments, alice));
    expect(element.textContent).toBe("one-page 1 assigned");
    expect(await exposures()).toEqual([`checkout/one-page/${alice.userId}`]);
  });

  test("renders without logging: an effect logs", async () => {
    const experiments = counting(logging().experiments);
    expect(renderToString(app(experiments, alice))).toContain("one-page 1 assigned");
    expect(experiments.calls).toEqual([]);
  });

  test("logs once under StrictMode and through renders with new literals", async () => {
    const experiments = counting(logging().experiments);
    const render = () => h(StrictMode, null, app(experiments, { ...alice }));
    const { render: again } = await open(render());
    await again(render());
    await again(render());
    expect(experiments.calls).toEqual(["assign checkout one-page"]);
  });

  test("logs nothing for a component that suspends, and once when it is there", async () => {
    const experiments = counting(logging().experiments);
    let arrive = (_: string) => {};
    const data = new Promise<string>((resolve) => {
      arrive = resolve;
    });
    let renders = 0;
    function Slow() {
      const { variant } = useExperiment(checkout, { context: alice });
      renders++;
      return h("p", null, `${variant} ${use(data)}`);
    }
    const { element } = await open(
      h(
        StrictMode,
        null,
        h(ExperimentsProvider, { experiments, context: {} }, h(Suspense, { fallback: "…" }, h(Slow))),
      ),
    );
    expect(element.textContent).toBe("…");
    expect(experiments.calls).toEqual([]);
    await act(async () => arrive("ready"));
    expect(element.textContent).toBe("one-page ready");
    expect(experiments.calls).toEqual(["assign checkout one-page"]);
    expect(renders).toBeGreaterThan(2);
  });

  test("logs another unit, and not another attribute of the same", async () => {
    const { experiments, exposures } = logging();
    const counted = counting(experiments);
    const { element, render } = await open(app(counted, { ...alice }));
    await render(app(counted, { ...alice, visits: 2 } as CheckoutContext));
    expect(counted.calls).toEqual(["assign checkout one-page"]);
    await render(app(counted, bob));
    expect(element.textContent).toBe("control 3 assigned");
    expect(counted.calls).toEqual(["assign checkout one-page", "assign checkout control"]);
    await render(app(experiments, alice));
    await render(app(experiments, bob));
    await render(app(experiments, alice));
    expect(await exposures()).toHaveLength(2);
  });

  test("logs nothing where nobody is assigned, and nothing of what is concluded", async () => {
    const counted = counting(logging().experiments);
    const { element, render } = await open(app(counted, { ...alice, plan: "free" }));
    expect(element.textContent).toBe("null 3 not-in-audience");
    await render(app(counted, { ...alice, plan: "free" }, { expose: "mount" }));
    function Banner() {
      return h("p", null, useExperiment(shipped, { context: { userId: "u" }, expose: "mount" }).variant);
    }
    await render(h(ExperimentsProvider, { experiments: counted, context: {} }, h(Banner)));
    expect(element.textContent).toBe("banner");
    expect(counted.calls).toEqual([]);
  });

  test("takes a context of its own, over the provider's", async () => {
    const { experiments, exposures } = logging();
    const { element } = await open(app(experiments, alice, { context: { userId: bob.userId } }));
    expect(element.textContent).toBe("control 3 assigned");
    expect(await exposures()).toEqual([`checkout/control/${bob.userId}`]);
  });

  test("leaves an explicit exposure, and one by event, to the file unless told otherwise", async () => {
    const explicit = checkoutExperiment({ exposure: "explicit" });
    const { experiments, exposures } = logging();
    const { render } = await open(app(experiments, alice, { of: explicit }));
    expect(await exposures()).toEqual([]);
    const byEvent = checkoutExperiment({ key: "by-event", exposure: { event: "paid" } });
    await render(app(experiments, alice, { of: byEvent }));
    expect(await exposures()).toEqual([]);
    experiments.track("paid", { userId: alice.userId }, {});
    expect(await exposures()).toEqual([`by-event/one-page/${alice.userId}`]);
    await render(app(experiments, alice, { of: explicit, expose: "mount" }));
    expect(await exposures()).toHaveLength(2);
  });

  test("logs by hand once, when told so", async () => {
    const counted = counting(logging().experiments);
    const found: ShownExperiment<CheckoutArm>[] = [];
    function Manual() {
      found.push(useExperiment(checkout, { context: alice, expose: "manual" }));
      return null;
    }
    await open(h(StrictMode, null, h(ExperimentsProvider, { experiments: counted, context: {} }, h(Manual))));
    expect(counted.calls).toEqual([]);
    for (const { expose } of found) expose();
    expect(counted.calls.length).toBeGreaterThan(0);
    const before = counted.calls.length;
    found.at(-1)!.expose();
    expect(counted.calls).toHaveLength(before);
  });

  test("logs when the element comes into view", async () => {
    const observers = stubObservers();
    const { experiments, exposures } = logging();
    const { element, unmount } = await open(app(experiments, alice, { expose: "visible" }));
    const watching = observers.filter(({ target }) => target);
    expect(watching.map(({ target }) => target)).toEqual([element.querySelector("p")]);
    watching[0]!.tell([{ isIntersecting: false }]);
    expect(await exposures()).toEqual([]);
    watching[0]!.tell([{ isIntersecting: true }]);
    expect(watching[0]!.target).toBeNull();
    expect(await exposures()).toEqual([`checkout/one-page/${alice.userId}`]);
    await unmount();
    expect(observers.every(({ target }) => target === null)).toBe(true);
  });

  test("stops watching an element that goes unseen", async () => {
    const observers = stubObservers();
    const { experiments, exposures } = logging();
    const { unmount } = await open(h(StrictMode, null, app(experiments, alice, { expose: "visible" })));
    expect(observers.filter(({ target }) => target)).toHaveLength(1);
    await unmount();
    expect(observers.filter(({ target }) => target)).toHaveLength(0);
    expect(await exposures()).toEqual([]);
  });

  test("takes an element for visible where nobody can tell", async () => {
    const { experiments, exposures } = logging();
    await open(app(experiments, alice, { expose: "visible" }));
    expect(await exposures()).toHaveLength(1);
  });

  test("marks what an override gave", async () => {
    const { experiments, messages } = logging();
    await open(app(experiments, alice, { of: forcedCheckout }));
    await experiments.flush();
    expect(messages).toMatchObject([{ kind: "exposure", variant: "one-page", forced: true }]);
  });

  test("logs one exposure for two components of one experiment", async () => {
    const { experiments, exposures } = logging();
    await open(
      h(
        ExperimentsProvider,
        { experiments, context: alice },
        h(Checkout, {}),
        h(Checkout, { expose: "mount" }),
      ),
    );
    expect(await exposures()).toHaveLength(1);
  });

  test("gives the same result until something changes", async () => {
    const results = new Set<unknown>();
    let rerender = () => {};
    function Same() {
      const [count, setCount] = useState(0);
      const shown = useExperiment(checkout, { context: { ...alice } });
      useEffect(() => {
        results.add(shown);
      }, [shown]);
      rerender = () => setCount(count + 1);
      return null;
    }
    const { experiments } = logging();
    await open(h(ExperimentsProvider, { experiments, context: {} }, h(Same)));
    await act(async () => rerender());
    await act(async () => rerender());
    expect(results.size).toBe(1);
  });

  test("takes a context that is never the same", async () => {
    const counted = counting(logging().experiments);
    function Restless() {
      const context = { ...alice, cart: { items: [] }, now: new Date() };
      return h("p", null, useExperiment(checkout, { context }).variant);
    }
    const app = () =>
      h(StrictMode, null, h(ExperimentsProvider, { experiments: counted, context: {} }, h(Restless)));
    const { element, render } = await open(app());
    await render(app());
    expect(element.textContent).toBe("one-page");
    expect(counted.calls).toEqual(["assign checkout one-page"]);
  });

  test("logs nothing for a render that never came to the page", async () => {
    const counted = counting(logging().experiments);
    const forever = new Promise<string>(() => {});
    let become = (_: typeof alice | typeof bob) => {};
    function Page({ context }: { readonly context: typeof alice | typeof bob }) {
      const { variant } = useExperiment(checkout, { context });
      return h("p", null, `${variant} ${context === bob ? use(forever) : ""}`);
    }
    function App() {
      const [context, setContext] = useState<typeof alice | typeof bob>(alice);
      become = (next) => startTransition(() => setContext(next));
      return h(Suspense, { fallback: "…" }, h(Page, { context }));
    }
    const { element } = await open(h(ExperimentsProvider, { experiments: counted, context: {} }, h(App)));
    await act(async () => become(bob));
    expect(element.textContent).toBe("one-page ");
    expect(counted.calls).toEqual(["assign checkout one-page"]);
  });

  test("says so where there is no provider", () => {
    expect(() => renderToString(h(Checkout, {}))).toThrow("outside of <ExperimentsProvider>");
  });
});

interface StubObserver {
  target: unknown;
  readonly tell: (entries: readonly { readonly isIntersecting: boolean }[]) => void;
}

function stubObservers(): readonly StubObserver[] {
  const observers: StubObserver[] = [];
  class Observer implements StubObserver {
    target: unknown = null;
    readonly tell: StubObserver["tell"];
    constructor(tell: StubObserver["tell"]) {
      this.tell = (entries) => this.target && tell(entries);
      observers.push(this);
    }
    observe(target: unknown) {
      this.target = target;
    }
    disconnect() {
      this.target = null;
    }
  }
  vi.stubGlobal("IntersectionObserver", Observer);
  return observers;
}
