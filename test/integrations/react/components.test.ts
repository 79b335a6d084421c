// @vitest-environment jsdom
import {
  Component,
  createRef,
  forwardRef,
  createElement as h,
  memo,
  type Ref,
  StrictMode,
  useImperativeHandle,
} from "react";
import { renderToStaticMarkup, renderToString } from "react-dom/server";
import { describe, expect, test } from "vitest";
import {
  Experiment,
  ExperimentsProvider,
  ExposureBeacon,
  getVariant,
  type Mismatch,
  type ShownExperiment,
  TestExperiments,
  useExperiment,
  withExperiment,
} from "../../../src/integrations/react/index.ts";
import {
  type CheckoutArm,
  checkout,
  checkoutExperiment,
  counting,
  logging,
  shipped,
  userWith,
} from "./checkout.ts";
import { open } from "./page.ts";

const alice = { userId: userWith("one-page"), plan: "pro" } as const;
const bob = { userId: userWith("control"), plan: "pro" } as const;

describe("<Experiment>", () => {
  const show = (
    context: typeof alice | { userId: string; plan: "free" },
    unassigned: "control" | null = "control",
  ) =>
    h(Experiment<CheckoutArm, typeof context>, {
      of: checkout as never,
      context,
      unassigned,
      children: {
        control: (params: { steps: number }) => h("i", null, `${params.steps} steps`),
        "one-page": "one page",
      },
    } as never);
  const page = (node: ReturnType<typeof show>) =>
    renderToStaticMarkup(h(ExperimentsProvider, { experiments: logging().experiments, context: {} }, node));

  test("shows the branch of the variant, a node or a function of the params", () => {
    expect(page(show(alice))).toBe("one page");
    expect(page(show(bob as never))).toBe("<i>3 steps</i>");
  });

  test("shows the unassigned the branch that is named, or nothing", () => {
    expect(page(show({ userId: "u", plan: "free" }))).toBe("<i>3 steps</i>");
    expect(page(show({ userId: "u", plan: "free" }, null))).toBe("");
  });

  test("logs once, on mount", async () => {
    const experiments = counting(logging().experiments);
    await open(h(StrictMode, null, h(ExperimentsProvider, { experiments, context: {} }, show(alice))));
    expect(experiments.calls).toEqual(["assign checkout one-page"]);
  });

  test("watches a mark of its own for visibility", async () => {
    const { experiments, exposures } = logging();
    const visible = h(Experiment, {
      of: checkout,
      context: alice,
      expose: "visible",
      unassigned: "control",
      children: { control: "three", "one-page": "one" },
    } as never);
    const { element } = await open(h(ExperimentsProvider, { experiments, context: {} }, visible));
    expect(element.innerHTML).toBe('<span aria-hidden="true"></span>one');
    expect(await exposures()).toHaveLength(1);
  });
});

describe("withExperiment", () => {
  class Checkout extends Component<{
    readonly title: string;
    readonly experiment: ShownExperiment<CheckoutArm>;
  }> {
    override render() {
      return `${this.props.title}: ${this.props.experiment.variant}`;
    }
    logs() {
      this.props.experiment.expose();
    }
  }

  test("gives a class its arm, passes props and ref on, and logs on mount", async () => {
    const Wrapped = withExperiment(checkout, { context: alice })(Checkout);
    const experiments = counting(logging().experiments);
    const ref = createRef<Checkout>();
    const { element } = await open(
      h(
        StrictMode,
        null,
        h(ExperimentsProvider, { experiments, context: {} }, h(Wrapped, { title: "Pay", ref })),
      ),
    );
    expect(element.textContent).toBe("Pay: one-page");
    expect(ref.current).toBeInstanceOf(Checkout);
    expect(experiments.calls).toEqual(["assign checkout one-page"]);
    expect(Wrapped.displayName).toBe("withExperiment(checkout)(Checkout)");
  });

  test("lets the child log", async () => {
    const Wrapped = withExperiment(checkout, { context: alice, logs: "child" })(Checkout);
    const { experiments, exposures } = logging();
    const ref = createRef<Checkout>();
    await open(h(ExperimentsProvider, { experiments, context: {} }, h(Wrapped, { title: "Pay", ref })));
    expect(await exposures()).toEqual([]);
    ref.current?.logs();
    ref.current?.logs();
    expect(await exposures()).toEqual([`checkout/one-page/${alice.userId}`]);
  });

  test("logs an explicit exposure on mount only where told", async () => {
    const explicit = checkoutExperiment({ exposure: "explicit" });
    const { experiments, exposures } = logging();
    const quiet = withExperiment(explicit, { context: alice })(Checkout);
    const { render } = await open(
      h(ExperimentsProvider, { experiments, context: {} }, h(quiet, { title: "" })),
    );
    expect(await exposures()).toEqual([]);
    const loud = withExperiment(explicit, { context: alice, logs: "mount" })(Checkout);
    await render(h(ExperimentsProvider, { experiments, context: {} }, h(loud, { title: "" })));
    expect(await exposures()).toHaveLength(1);
  });

  test("takes its context from the props", async () => {
    const Wrapped = withExperiment(checkout, {
      context: (props: { readonly buyer: string }) => ({ userId: props.buyer, plan: "pro" as const }),
    })(Checkout);
    const { experiments, exposures } = logging();
    await open(
      h(ExperimentsProvider, { experiments, context: {} }, h(Wrapped, { title: "Pay", buyer: alice.userId })),
    );
    expect(await exposures()).toEqual([`checkout/one-page/${alice.userId}`]);
  });

  test("wraps functions, and those that forward refs", async () => {
    const Plain = ({ experiment }: { readonly experiment: { readonly variant: string | null } }) =>
      h("p", null, experiment.variant);
    const Handle = forwardRef(function Handle(
      { experiment }: { readonly experiment: ShownExperiment<CheckoutArm> },
      ref: Ref<{ variant(): string | null }>,
    ) {
      useImperativeHandle(ref, () => ({ variant: () => experiment.variant }));
      return null;
    });
    const ref = createRef<{ variant(): string | null }>();
    const WithPlain = withExperiment(checkout, { context: alice })(memo(Plain));
    const WithHandle = withExperiment(checkout, { context: alice })(Handle);
    const { experiments } = logging();
    const { element } = await open(
      h(ExperimentsProvider, { experiments, context: {} }, h(WithPlain), h(WithHandle, { ref })),
    );
    expect(element.textContent).toBe("one-page");
    expect(ref.current?.variant()).toBe("one-page");
  });
});

describe("<TestExperiments>", () => {
  function Checkout() {
    const { variant, params, expose } = useExperiment(checkout, { context: {} as never });
    return h("button", { type: "button", onClick: expose }, `${variant} ${params.steps}`);
  }

  test("forces variants without anybody there, and tells of exposures", async () => {
    const exposed: string[] = [];
    const { element } = await open(
      h(
        TestExperiments,
        { force: { checkout: "one-page" }, onExpose: (...exposure) => exposed.push(exposure.join()) },
        h(Checkout),
      ),
    );
    expect(element.textContent).toBe("one-page 1");
    expect(exposed).toEqual(["checkout,one-page"]);
  });

  test("assigns nobody whom it does not force", async () => {
    const exposed: string[] = [];
    const { element } = await open(h(TestExperiments, { onExpose: (key) => exposed.push(key) }, h(Checkout)));
    expect(element.textContent).toBe("null 3");
    expect(exposed).toEqual([]);
  });

  test("assigns by a context", () => {
    const markup = (context: object) => renderToStaticMarkup(h(TestExperiments, { context }, h(Checkout)));
    expect(markup(alice)).toContain("one-page 1");
    expect(markup(bob)).toContain("control 3");
  });

  test("throws at a variant that does not exist, and at one that is not shipped", () => {
    const show = (force: Record<string, string>, of: unknown) => () =>
      renderToString(
        h(
          TestExperiments,
          { force },
          h(Experiment, { of, context: {}, unassigned: null, children: {} } as never),
        ),
      );
    expect(show({ checkout: "two-page" }, checkout)).toThrow(
      "checkout cannot give two-page: it gives no variant",
    );
    expect(show({ banner: "control" }, shipped)).toThrow("banner cannot give control: it gives banner");
    expect(show({ banner: "banner" }, shipped)).not.toThrow();
  });
});

describe("<ExposureBeacon>", () => {
  const beacon = getVariant(logging().experiments, checkout, alice).beacon;

  test("logs what a server component showed, in the browser only", async () => {
    const server = counting(logging().experiments);
    const shown = getVariant(server, checkout, alice);
    expect(shown).toMatchObject({ variant: "one-page", params: { steps: 1 }, reason: "assigned" });
    expect(JSON.parse(JSON.stringify(shown.beacon))).toEqual({ of: "checkout", shown: "one-page" });
    expect(server.calls).toEqual([]);
    const { experiments, exposures } = logging();
    const app = h(
      StrictMode,
      null,
      h(
        ExperimentsProvider,
        { experiments, context: alice, every: [checkout] },
        h(ExposureBeacon, shown.beacon),
      ),
    );
    expect(renderToString(app)).toBe("");
    expect(await exposures()).toEqual([]);
    await open(app);
    expect(await exposures()).toEqual([`checkout/one-page/${alice.userId}`]);
  });

  test("takes an experiment itself, and a context", async () => {
    const { experiments, exposures } = logging();
    const leaf = h(ExposureBeacon, { of: checkout, context: alice });
    await open(h(ExperimentsProvider, { experiments, context: {} }, leaf));
    expect(await exposures()).toEqual([`checkout/one-page/${alice.userId}`]);
  });

  test.each([
    ["an experiment that is not known", alice, [], null],
    ["another variant than this side gives", bob, [checkout], "control"],
  ] as const)("logs nothing for %s, and says so", async (_name, context, every, assigned) => {
    const mismatches: Mismatch[] = [];
    const { experiments, exposures } = logging();
    await open(
      h(
        ExperimentsProvider,
        { experiments, context, every, onMismatch: (found) => mismatches.push(found) },
        h(ExposureBeacon, beacon),
      ),
    );
    expect(await exposures()).toEqual([]);
    expect(mismatches).toEqual([{ experiment: "checkout", shown: "one-page", assigned }]);
  });
});
