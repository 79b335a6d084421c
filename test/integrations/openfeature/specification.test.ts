// The scenarios of OpenFeature's own suites (evaluation, hooks, metadata), said of experiments, on the real SDKs.
import {
  createEvaluationEvent,
  type EvaluationContext,
  type JsonValue,
  ProviderFatalError,
} from "@openfeature/core";
import { afterEach, describe, expect, test } from "vitest";
import { FALLBACK, logging, SOME, USER_FLAGS, ZERO } from "./flags.ts";
import { type FlagType, server, web } from "./sides.ts";

const TYPES = [
  ["boolean", "boolean"],
  ["string", "string"],
  ["integer", "number"],
  ["float", "number"],
  ["object", "object"],
] as const satisfies readonly (readonly [keyof typeof FALLBACK, FlagType])[];

const ballmer = { targetingKey: "user1", email: "ballmer@macrosoft.com" };

describe.each([server, web])("the provider for the $name", (side) => {
  afterEach(side.stop);
  const start = (context: EvaluationContext = { targetingKey: "user1" }) =>
    side.start({ experiments: logging().experiments, every: USER_FLAGS }, context);

  describe.each(TYPES)("resolves %s flags", (name, type) => {
    const fallback: JsonValue = FALLBACK[name];
    const evaluate = (experiment: string) => side.evaluate(type, `${experiment}.${name}`, fallback);

    test("with value, key, variant and reason", async () => {
      await start();
      expect(await evaluate("static")).toMatchObject({
        flagKey: `static.${name}`,
        value: SOME[name],
        variant: "some",
        reason: "STATIC",
      });
    });

    test("to zero values", async () => {
      await start();
      expect(await evaluate("static-zero")).toMatchObject({ value: ZERO[name], reason: "STATIC" });
    });

    test("to zero values by targeting", async () => {
      await start(ballmer);
      expect(await evaluate("targeted")).toMatchObject({
        value: ZERO[name],
        variant: "zero",
        reason: "TARGETING_MATCH",
      });
    });

    test("to the default where nothing is targeted", async () => {
      await start({ ...ballmer, email: "ballmer@none.com" });
      const details = await evaluate("targeted");
      expect(details).toMatchObject({ value: ZERO[name], reason: "DEFAULT" });
      expect(details.variant).toBeUndefined();
    });

    test("to the fallback while disabled", async () => {
      await start();
      expect(await evaluate("disabled")).toMatchObject({ value: fallback, reason: "DISABLED" });
    });

    test("to the fallback where there is no such flag", async () => {
      await start();
      for (const key of ["non-existent-flag", "static.non-existent-param", "static.constructor", ""])
        expect(await side.evaluate(type, key, fallback)).toMatchObject({
          value: fallback,
          reason: "ERROR",
          errorCode: "FLAG_NOT_FOUND",
        });
    });

    test("to the fallback where the flag is of another type", async () => {
      await start();
      const wrong = type === "string" ? "static.boolean" : "static.string";
      expect(await side.evaluate(type, wrong, fallback)).toMatchObject({
        value: fallback,
        reason: "ERROR",
        errorCode: "TYPE_MISMATCH",
      });
    });

    test("to the fallback without a targeting key", async () => {
      await start({});
      expect(await evaluate("split")).toMatchObject({
        value: fallback,
        reason: "ERROR",
        errorCode: "TARGETING_KEY_MISSING",
      });
    });

    test("to the fallback before the provider is ready", async () => {
      const { experiments } = logging();
      await side.start({ experiments, every: USER_FLAGS, ready: () => new Promise(() => {}) }, {}, false);
      expect(side.status()).toBe("NOT_READY");
      expect(await evaluate("static")).toMatchObject({
        value: fallback,
        reason: "ERROR",
        errorCode: "PROVIDER_NOT_READY",
      });
    });

    test("to the fallback after a fatal error", async () => {
      const { experiments } = logging();
      const ready = () => Promise.reject(new ProviderFatalError("no manifest"));
      await side.start({ experiments, every: USER_FLAGS, ready });
      expect(side.status()).toBe("FATAL");
      expect(await evaluate("static")).toMatchObject({
        value: fallback,
        reason: "ERROR",
        errorCode: "PROVIDER_FATAL",
      });
    });
  });

  test("is ready, in error, or stale, as the app says", async () => {
    const { experiments } = logging();
    await side.start({ experiments, every: USER_FLAGS, ready: () => Promise.reject(new Error("offline")) });
    expect(side.status()).toBe("ERROR");
    let tell = (_: "changed" | "current" | "stale") => {};
    let stopped = 0;
    const updates = (listener: typeof tell) => {
      tell = listener;
      return () => void stopped++;
    };
    await side.start({ experiments, every: USER_FLAGS, updates });
    expect(side.status()).toBe("READY");
    const events = side.events();
    tell("stale");
    expect(side.status()).toBe("STALE");
    tell("current");
    expect(side.status()).toBe("READY");
    tell("changed");
    await new Promise((resolve) => setImmediate(resolve));
    expect(events.slice(-3)).toEqual(["PROVIDER_STALE", "PROVIDER_READY", "PROVIDER_CONFIGURATION_CHANGED"]);
    expect(stopped).toBe(0);
    await side.stop();
    expect(stopped).toBe(1);
  });

  test("passes evaluation details to hooks", async () => {
    await start();
    const seen: unknown[] = [];
    await side.evaluate("boolean", "static.boolean", false, [
      {
        before: () => void seen.push("before"),
        after: (_, { flagKey, value, variant, reason, errorCode }) =>
          void seen.push(["after", flagKey, value, variant, reason, errorCode]),
        finally: (_, { flagKey, value, variant, reason, errorCode }) =>
          void seen.push(["finally", flagKey, value, variant, reason, errorCode]),
      },
    ]);
    const details = ["static.boolean", true, "some", "STATIC", undefined];
    expect(seen).toEqual(["before", ["after", ...details], ["finally", ...details]]);
  });

  test.each([
    ["a missing flag", "string", "missing-flag", "uh-oh", "FLAG_NOT_FOUND"],
    ["a wrong type", "boolean", "static.string", false, "TYPE_MISMATCH"],
  ] as const)("calls error hooks for %s", async (_name, type, key, fallback, errorCode) => {
    await start();
    const seen: unknown[] = [];
    await side.evaluate(type, key, fallback, [
      {
        before: () => void seen.push("before"),
        after: () => void seen.push("after"),
        error: () => void seen.push("error"),
        finally: (_, details) =>
          void seen.push([
            details.flagKey,
            details.value,
            details.variant,
            details.reason,
            details.errorCode,
          ]),
      },
    ]);
    expect(seen).toEqual(["before", "error", [key, fallback, undefined, "ERROR", errorCode]]);
  });

  test("gives metadata of the allowed types, and none for a flag that is not there", async () => {
    await start();
    const { flagMetadata } = await side.evaluate("string", "split", "none");
    expect(flagMetadata).toEqual({
      experiment: "split",
      version: "2",
      unit: "user",
      assignment: "assigned",
      contextId: "user1",
    });
    expect(Object.isFrozen(flagMetadata)).toBe(true);
    expect((await side.evaluate("string", "missing-flag", "none")).flagMetadata).toEqual({});
  });

  test("leaves the evaluation context as it is", async () => {
    const context = Object.freeze({ targetingKey: "user1", born: new Date(0) });
    await start(context);
    await side.evaluate("string", "split", "none");
    expect(context).toEqual({ targetingKey: "user1", born: new Date(0) });
  });

  test("names variant, reason and subject in the telemetry's event", async () => {
    await start();
    const details = await side.evaluate("string", "split", "none");
    const hookContext = { flagKey: "split", providerMetadata: { name: "fairtrial" }, context: {} };
    expect(createEvaluationEvent(hookContext as never, details)).toMatchObject({
      name: "feature_flag.evaluation",
      attributes: {
        "feature_flag.key": "split",
        "feature_flag.result.variant": details.variant,
        "feature_flag.result.reason": "split",
        "feature_flag.context.id": "user1",
        "feature_flag.version": "2",
      },
    });
  });
});
