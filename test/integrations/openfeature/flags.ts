import type { Experiment, Exposure, Json, Message } from "../../../src/runtime/index.ts";
import {
  BY_CHANCE,
  createExperiments,
  defineExperiment,
  type Experiments,
  NOT_IN_AUDIENCE,
  NOT_RUNNING,
  OVERRIDE,
  shipExperiment,
} from "../../../src/runtime/index.ts";

/** Params of every type that a flag can have. */
export const SOME: Readonly<Record<string, Json>> = {
  boolean: true,
  string: "hi",
  integer: 10,
  float: 0.5,
  object: { showImages: true, title: "Check out these pics!", imagesPerPage: 100 },
  list: [1, 2],
};

/** The values that are false in a condition. */
export const ZERO: Readonly<Record<string, Json>> = {
  boolean: false,
  string: "",
  integer: 0,
  float: 0.0,
  object: {},
  list: [],
};

/** A caller's own values, all different from those above. */
export const FALLBACK = { boolean: true, string: "bye", integer: 1, float: 0.1, object: { a: 1 } } as const;

type Settle = (context: { readonly [name: string]: unknown }) => number;

function flag(key: string, settle: Settle, unit = { key: "user", id: "userId" }): Experiment {
  return defineExperiment({
    key,
    iteration: 2,
    unit,
    exposure: "assignment",
    attributes: [],
    settle,
    salt: 7,
    draw: null,
    variants: [
      { key: "zero", share: 500_000, params: ZERO },
      { key: "some", share: 500_000, params: SOME },
    ],
    default: 0,
  }) as Experiment;
}

const UNIT = { key: "user", id: "userId" };

/** Everybody gets some values, or zeros. */
export const STATIC = shipExperiment({
  key: "static",
  iteration: 1,
  unit: UNIT,
  variant: { key: "some", params: SOME },
}) as Experiment;
export const STATIC_ZERO = shipExperiment({
  key: "static-zero",
  iteration: 1,
  unit: UNIT,
  variant: { key: "zero", params: ZERO },
}) as Experiment;

/** Ballmer gets zeros by an override; nobody else is in the audience. */
export const TARGETED = flag("targeted", ({ email }) =>
  email === "ballmer@macrosoft.com" ? OVERRIDE : NOT_IN_AUDIENCE,
);
export const DISABLED = flag("disabled", () => NOT_RUNNING);
export const SPLIT = flag("split", () => BY_CHANCE);
export const ORG_SPLIT = flag("org-split", () => BY_CHANCE, { key: "org", id: "orgId" });

export const USER_FLAGS = [STATIC, STATIC_ZERO, TARGETED, DISABLED, SPLIT];

export interface Log {
  readonly experiments: Experiments;
  readonly messages: readonly Message[];
  exposures(): Promise<readonly Exposure[]>;
}

export function logging(): Log {
  const messages: Message[] = [];
  const sink = { name: "log", send: (batch: readonly Message[]) => void messages.push(...batch) };
  const experiments = createExperiments({
    now: () => 0,
    sinks: [sink],
    unitNames: { user: "userId", org: "orgId" },
  });
  return {
    experiments,
    messages,
    async exposures() {
      await experiments.flush();
      return messages.filter((message): message is Exposure => message.kind === "exposure");
    },
  };
}
