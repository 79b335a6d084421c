import {
  createExperiments,
  type Experiment,
  type Experiments,
  type Exposure,
  load,
  type Message,
} from "../../../src/runtime/index.ts";
import { experimentEntry } from "../experiment-entry.ts";

export type ButtonArm =
  | {
      readonly variant: "control";
      readonly params: { readonly colour: "red" };
      readonly reason: "assigned" | "override";
    }
  | {
      readonly variant: "green";
      readonly params: { readonly colour: "green" };
      readonly reason: "assigned" | "override";
    }
  | { readonly variant: null; readonly params: { readonly colour: "red" }; readonly reason: "no-unit" };

export interface ShopContext {
  readonly userId: string | null;
  readonly country?: string;
}

/** A 50/50 over everybody, typed as its emitted constant would be. */
export const buyButton: Experiment<ButtonArm, ShopContext> = load(experimentEntry()) as never;

/** An experiment whose exposure waits until it is asked for. */
export const showPlugins: Experiment<ButtonArm, ShopContext> = load(
  experimentEntry({ key: "show-plugins", exposure: "explicit" }),
) as never;

/** Experiments of an app, and the exposures that it has logged. */
export function shop(): { readonly experiments: Experiments; exposures(): Promise<readonly Exposure[]> } {
  const messages: Message[] = [];
  const experiments = createExperiments({
    now: () => 0,
    experiments: [buyButton, showPlugins],
    sinks: [{ name: "memory", send: (batch) => void messages.push(...batch) }],
  });
  return {
    experiments,
    async exposures() {
      await experiments.flush();
      return messages.filter((message) => message.kind === "exposure");
    },
  };
}

export const SECRET = "an old horse is no battery";
