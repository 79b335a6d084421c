"use client";

import { createElement, type ReactNode, useEffect } from "react";
import type { Attributes, Experiment } from "../../runtime/index.ts";
import { useProvided } from "./provided.ts";
import { useShownExperiment } from "./use-experiment.ts";

export interface ExposureBeaconProps {
  /** The experiment, or the key of one of the provider's `every`: server components can pass only that. */
  readonly of: Experiment | string;
  /** The variant that the server showed; logged unless this side gives another one. Default: this side's. */
  readonly shown?: string | null | undefined;
  /** Adds to the provider's context, and wins over it. */
  readonly context?: Attributes | undefined;
}

/** Shows nothing, and logs the exposure when it is on the page: the client's part of a server component. */
export function ExposureBeacon({ of, shown, context }: ExposureBeaconProps): ReactNode {
  const { every } = useProvided();
  const experiment = typeof of === "string" ? every.find(({ key }) => key === of) : of;
  if (experiment) return createElement(KnownBeacon, { of: experiment, shown, context });
  return createElement(UnknownBeacon, { of: String(of), shown });
}

type Known = Pick<ExposureBeaconProps, "context" | "shown"> & { readonly of: Experiment };
type Unknown = Pick<ExposureBeaconProps, "shown"> & { readonly of: string };

function KnownBeacon({ of, shown, context }: Known): ReactNode {
  const { report } = useProvided();
  const arm = of.assigned.find((each) => each.variant !== null && each.variant === shown);
  const { variant, expose } = useShownExperiment(of, { context, expose: "manual", shown: arm });
  useEffect(() => {
    if (shown === undefined || shown === variant) expose();
    else report({ experiment: of.key, shown, assigned: variant });
  }, [of, shown, variant, expose, report]);
  return null;
}

function UnknownBeacon({ of, shown = null }: Unknown): ReactNode {
  const { report } = useProvided();
  useEffect(() => {
    report({ experiment: of, shown, assigned: null });
  }, [of, shown, report]);
  return null;
}
