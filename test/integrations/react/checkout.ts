import type {
  AssignedArm,
  Experiment,
  Exposure,
  Message,
  UnassignedArm,
} from "../../../src/runtime/index.ts";
import {
  BY_CHANCE,
  createAwaited,
  createExperiments,
  defineExperiment,
  type Experiments,
  NOT_IN_AUDIENCE,
  OVERRIDE,
  type ShippedArm,
  shipExperiment,
} from "../../../src/runtime/index.ts";

export interface CheckoutContext {
  readonly userId: string | null | undefined;
  readonly plan: "free" | "pro" | null | undefined;
}

export type CheckoutArm =
  | AssignedArm<"control", { readonly steps: 3 }>
  | AssignedArm<"one-page", { readonly steps: 1 }>
  | UnassignedArm<{ readonly steps: 3 }>;

/** Chance decides, but for free plans, which are not in the audience. */
export function checkoutExperiment(
  changes: Partial<Parameters<typeof defineExperiment>[0]> = {},
): Experiment<CheckoutArm, CheckoutContext> {
  return defineExperiment({
    key: "checkout",
    iteration: 1,
    unit: { key: "user", id: "userId" },
    exposure: "assignment",
    attributes: ["plan"],
    settle: ({ plan }: CheckoutContext) => (plan === "pro" ? BY_CHANCE : NOT_IN_AUDIENCE),
    salt: 1,
    draw: null,
    variants: [
      { key: "control", share: 500_000, params: { steps: 3 } },
      { key: "one-page", share: 500_000, params: { steps: 1 } },
    ],
    default: 0,
    ...(changes as object),
  });
}

export const checkout: Experiment<CheckoutArm, CheckoutContext> = checkoutExperiment();

/** As the checkout, but everybody is forced to the treatment. */
export const forcedCheckout: Experiment<CheckoutArm, CheckoutContext> = checkoutExperiment({
  key: "forced-checkout",
  settle: () => OVERRIDE + 1,
});

export const shipped: Experiment<
  ShippedArm<"banner", { readonly banner: true }>,
  { readonly userId: string | null | undefined }
> = shipExperiment({
  key: "banner",
  iteration: 1,
  unit: { key: "user", id: "userId" },
  variant: { key: "banner", params: { banner: true } },
});

const { peek } = createExperiments({ now: () => 0 });

/** A unit that chance gives the variant. */
export function userWith(variant: string, skip = 0): string {
  const users = Array.from({ length: 1000 }, (_, index) => `user-${index}`);
  return users.filter((userId) => peek(checkout, { userId, plan: "pro" }).variant === variant)[skip]!;
}

export interface Log {
  readonly experiments: Experiments;
  /** `experiment/variant/unit` of every exposure that was sent. */
  exposures(): Promise<readonly string[]>;
  readonly messages: readonly Message[];
}

export function logging(options: Partial<Parameters<typeof createExperiments>[0]> = {}): Log {
  const messages: Message[] = [];
  const sink = { name: "log", send: (batch: readonly Message[]) => void messages.push(...batch) };
  const experiments = createExperiments({
    now: () => 0,
    unitNames: { user: "userId" },
    awaited: createAwaited(100),
    ...options,
    sinks: [sink],
  });
  return {
    experiments,
    messages,
    async exposures() {
      await experiments.flush();
      return messages
        .filter((message): message is Exposure => message.kind === "exposure")
        .map(({ experiment, variant, unitId }) => `${experiment}/${variant}/${unitId}`);
    },
  };
}

/** Experiments that remember nothing, to count what components log themselves. */
export function counting(experiments: Experiments): Experiments & { readonly calls: string[] } {
  const calls: string[] = [];
  const variantOf = (arm: { readonly variant: string | null }) => arm.variant;
  return {
    ...experiments,
    calls,
    assign(experiment, context) {
      const arm = experiments.peek(experiment, context);
      calls.push(`assign ${experiment.key} ${variantOf(arm)}`);
      return arm;
    },
    expose(experiment, context) {
      const arm = experiments.peek(experiment, context);
      calls.push(`expose ${experiment.key} ${variantOf(arm)}`);
      return arm;
    },
  };
}
