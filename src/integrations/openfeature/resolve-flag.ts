import {
  ErrorCode,
  type EvaluationContext,
  type FlagValue,
  type ResolutionDetails,
  StandardResolutionReasons,
} from "@openfeature/core";
import type { Arm, Attributes, Experiment } from "../../runtime/index.ts";
import { attributesFor, targetingUnitOf } from "./flag-context.ts";
import type { OpenFeatureOptions } from "./options.ts";

type FlagType = "boolean" | "string" | "number" | "object";

/** Resolves a flag of a type, or says by an error code why not. Never throws. */
export type ResolveFlag = <Value extends FlagValue>(
  type: FlagType,
  key: string,
  fallback: Value,
  context: EvaluationContext | undefined,
) => ResolutionDetails<Value>;

/**
 * Flags over experiments. The key of an experiment is a string flag, its variant, and an object flag, its params;
 * `<experiment>.<param>` is a flag of that param's type. The unassigned get the default's params, and the caller's
 * fallback for a variant; so does everybody while the experiment is not running. What is resolved is exposed.
 */
export function createResolver({
  experiments,
  every,
  exposes = true,
  ...options
}: OpenFeatureOptions): ResolveFlag {
  const byKey = new Map(every.map((experiment) => [experiment.key, experiment]));
  const targetingUnit = targetingUnitOf(every, options.targetingUnit);
  return (type, key, fallback, context) => {
    const dot = key.indexOf(".");
    const experiment = byKey.get(dot < 0 ? key : key.slice(0, dot));
    if (!experiment) return failure(fallback, ErrorCode.FLAG_NOT_FOUND, `there is no flag ${key}`);
    const attributes = attributesFor(experiment.unit, context, targetingUnit);
    const arm = experiments.peek<Arm, never>(experiment, attributes as never);
    const flagMetadata = metadata(experiment, arm, attributes);
    const fail = (code: ErrorCode, message: string) => ({
      ...failure(fallback, code, message),
      flagMetadata,
    });
    const found = dot < 0 ? wholeArm(arm, type) : paramOf(arm, key.slice(dot + 1));
    if (!found) return fail(ErrorCode.FLAG_NOT_FOUND, `there is no flag ${key}: ${paramsOf(arm)}`);
    if (found.type !== type)
      return fail(ErrorCode.TYPE_MISMATCH, `${key} is a flag of type ${found.type}, not ${type}`);
    if (arm.reason === "no-unit")
      return fail(ErrorCode.TARGETING_KEY_MISSING, missingUnit(experiment, targetingUnit));
    const value = arm.reason === "not-running" || found.value === null ? fallback : found.value;
    if (arm.variant !== null && exposes) experiments.assign<Arm, never>(experiment, attributes as never, arm);
    return {
      value: value as typeof fallback,
      reason: REASONS[arm.reason],
      ...(arm.variant === null ? {} : { variant: arm.variant }),
      flagMetadata,
    };
  };
}

const REASONS: Readonly<Record<Exclude<Arm["reason"], "no-unit">, keyof typeof StandardResolutionReasons>> = {
  assigned: StandardResolutionReasons.SPLIT,
  override: StandardResolutionReasons.TARGETING_MATCH,
  concluded: StandardResolutionReasons.STATIC,
  "not-running": StandardResolutionReasons.DISABLED,
  holdout: StandardResolutionReasons.DEFAULT,
  "not-in-audience": StandardResolutionReasons.DEFAULT,
  "not-in-traffic": StandardResolutionReasons.DEFAULT,
  dropped: StandardResolutionReasons.DEFAULT,
};

interface Found {
  readonly type: FlagType;
  readonly value: unknown;
}

/** The variant as a text, or the params as an object: whichever is asked for. */
function wholeArm({ variant, params }: Arm, asked: FlagType): Found {
  return asked === "object" ? { type: "object", value: params } : { type: "string", value: variant };
}

function paramOf({ params }: Arm, name: string): Found | null {
  if (!Object.hasOwn(params as object, name)) return null;
  const value = (params as Attributes)[name];
  return { type: typeof value as FlagType, value };
}

/** `contextId` and `version` are OpenFeature's own names; `assignment` is our reason. */
function metadata({ key, iteration, unit }: Experiment, { reason }: Arm, attributes: Attributes) {
  const id = attributes[unit.id];
  return Object.freeze({
    experiment: key,
    version: String(iteration),
    unit: unit.key,
    assignment: reason,
    ...(typeof id === "string" && id !== "" ? { contextId: id } : {}),
  });
}

function paramsOf({ params }: Arm): string {
  return `the params are ${Object.keys(params as object).join(", ") || "none"}`;
}

function missingUnit({ key, unit }: Experiment, targetingUnit: string | undefined): string {
  const needs = `${key} is assigned by ${unit.key}, and the context has no ${unit.id}`;
  if (targetingUnit === unit.key) return `${needs} and no targeting key`;
  if (targetingUnit !== undefined) return `${needs}; a targeting key identifies the ${targetingUnit}`;
  return `${needs}; experiments have several units, and no targetingUnit says which a targeting key identifies`;
}

function failure<Value extends FlagValue>(
  value: Value,
  errorCode: ErrorCode,
  errorMessage: string,
): ResolutionDetails<Value> {
  return { value, reason: StandardResolutionReasons.ERROR, errorCode, errorMessage };
}
