import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { temporaryFolder } from "../command-line.ts";
import { evaluate, interpolate, type Scope, truthy, type Value } from "./expression.ts";

/** What GitHub would know of a run. */
export interface Occasion {
  /** The root of the checked out repository; workflows and local actions are read from it. */
  readonly workspace: string;
  readonly eventName: string;
  readonly event: { readonly [key: string]: Value };
  /** Added to what every step sees, such as GITHUB_BASE_REF. */
  readonly env?: Readonly<Record<string, string>>;
  /** Put before the folders of `PATH`. */
  readonly bin?: readonly string[];
  readonly vars?: Readonly<Record<string, string>>;
  /** What a step that uses somebody's action does here. An action that is not named throws. */
  readonly actions?: Readonly<
    Record<string, (inputs: Readonly<Record<string, string>>, temp: string) => void>
  >;
}

export interface StepResult {
  readonly name: string;
  readonly outcome: "success" | "failure" | "skipped";
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface JobResult {
  readonly conclusion: "success" | "failure";
  readonly steps: readonly StepResult[];
  readonly summary: string;
  /** RUNNER_TEMP, with what the steps left there. */
  readonly temp: string;
  readonly outputs: Readonly<Record<string, string>>;
}

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, unknown>>;
}

interface Place {
  readonly occasion: Occasion;
  readonly temp: string;
  readonly summary: string;
  readonly contexts: { readonly [name: string]: Value };
}

/**
 * Runs the steps of a job as GitHub's runner would: the shells' exact flags, conditions, outputs through files,
 * local composite actions; every step in a process of its own, that sees GitHub's variables and nothing of ours.
 */
export async function runJob(workflow: string, job: string, occasion: Occasion): Promise<JobResult> {
  const { jobs } = parse(readFileSync(join(occasion.workspace, workflow), "utf8")) as {
    jobs: Record<string, { if?: string; steps: readonly Step[]; outputs?: Record<string, string> }>;
  };
  const described = jobs[job]!;
  const temp = temporaryFolder();
  const summary = join(temp, "summary.md");
  writeFileSync(summary, "");
  const place: Place = {
    occasion,
    temp,
    summary,
    contexts: {
      github: { event_name: occasion.eventName, event: occasion.event, token: "token-of-the-run", run_id: 7 },
      runner: { temp },
      vars: occasion.vars ?? {},
    },
  };
  if (described.if && !truthy(evaluate(bare(described.if), scopeOf(place.contexts, {}, false))))
    return { conclusion: "success", steps: [], summary: "", temp, outputs: {} };
  const { steps, failed, known } = await runSteps(described.steps, place);
  const scope = scopeOf(place.contexts, known, failed);
  return {
    conclusion: failed ? "failure" : "success",
    steps,
    summary: readFileSync(summary, "utf8"),
    temp,
    outputs: interpolateAll(described.outputs, scope),
  };
}

async function runSteps(steps: readonly Step[], place: Place) {
  const results: StepResult[] = [];
  const known: Record<string, Value> = {};
  let failed = false;
  for (const step of steps) {
    const scope = scopeOf(place.contexts, known, failed);
    const told = await runStep(step, place, scope, failed);
    results.push(...told);
    const { outcome, outputs } = told.at(-1)!;
    if (step.id) known[step.id] = { outcome, outputs };
    failed ||= outcome === "failure";
  }
  return { steps: results, failed, known };
}

/** A step's own result is the last; before it come those of the composite action it uses. */
async function runStep(
  step: Step,
  place: Place,
  scope: Scope,
  failed: boolean,
): Promise<readonly StepResult[]> {
  const name = step.name ?? step.uses ?? "";
  const condition = bare(step.if ?? "success()");
  const asks = /\b(success|failure|always|cancelled)\(\)/.test(condition);
  if (!truthy(evaluate(asks ? condition : `success() && (${condition})`, scope)))
    return [{ name, outcome: "skipped", log: "", outputs: {} }];
  if (step.uses?.startsWith("./")) return runComposite(step, place, scope, name);
  if (step.uses) {
    const action = place.occasion.actions?.[step.uses.split("@")[0]!];
    if (!action) throw new Error(`no stand-in for ${step.uses}`);
    action(interpolateAll(step.with, scope), place.temp);
    return [{ name, outcome: "success", log: "", outputs: {} }];
  }
  const env = interpolateAll(step.env, scope);
  if (failed && !asks) throw new Error("a step after a failed one must ask for it");
  return [{ name, ...(await execute(step.run ?? "", step.shell, env, place)) }];
}

async function runComposite(
  step: Step,
  place: Place,
  scope: Scope,
  name: string,
): Promise<readonly StepResult[]> {
  const file = join(place.occasion.workspace, step.uses!, "action.yml");
  const action = parse(readFileSync(file, "utf8")) as {
    inputs?: Record<string, { default?: string }>;
    outputs?: Record<string, { value: string }>;
    runs: { steps: readonly Step[] };
  };
  const defaults = Object.entries(action.inputs ?? {}).map(([key, input]) => [key, input.default ?? ""]);
  const inputs = { ...Object.fromEntries(defaults), ...interpolateAll(step.with, scope) };
  const inner = { ...place, contexts: { ...place.contexts, inputs } };
  const { steps, failed, known } = await runSteps(action.runs.steps, inner);
  const values = Object.entries(action.outputs ?? {}).map(([key, { value }]) => [key, value]);
  const outputs = interpolateAll(Object.fromEntries(values), scopeOf(inner.contexts, known, failed));
  return [...steps, { name, outcome: failed ? "failure" : "success", log: "", outputs }];
}

async function execute(
  script: string,
  shell: string | undefined,
  env: Readonly<Record<string, string>>,
  { occasion, temp, summary }: Place,
): Promise<Omit<StepResult, "name">> {
  const folder = temporaryFolder();
  const file = join(folder, "script");
  const output = join(folder, "output");
  const home = join(folder, "home");
  mkdirSync(home);
  writeFileSync(file, script);
  writeFileSync(output, "");
  writeFileSync(join(folder, "event.json"), JSON.stringify(occasion.event));
  const [command, ...args] = COMMANDS[shell ?? ""]!;
  const child = spawn(command!, [...args, file], {
    cwd: occasion.workspace,
    env: {
      PATH: [...(occasion.bin ?? []), process.env.PATH].join(":"),
      HOME: home,
      GIT_CONFIG_GLOBAL: "/dev/null",
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: occasion.eventName,
      GITHUB_EVENT_PATH: join(folder, "event.json"),
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_WORKSPACE: occasion.workspace,
      RUNNER_TEMP: temp,
      ...occasion.env,
      ...env,
    },
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      log += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { outcome: code === 0 ? "success" : "failure", log, outputs: readOutputs(output) };
}

/** How the runner calls each `shell:`; no shell named is `bash -e`. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  "": ["bash", "-e"],
  bash: ["bash", "--noprofile", "--norc", "-eo", "pipefail"],
  "node {0}": [process.execPath],
};

function readOutputs(path: string): Readonly<Record<string, string>> {
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

function scopeOf(
  contexts: Place["contexts"],
  steps: { readonly [id: string]: Value },
  failed: boolean,
): Scope {
  return {
    contexts: { ...contexts, steps },
    functions: {
      success: () => !failed,
      failure: () => failed,
      cancelled: () => false,
      always: () => true,
    },
  };
}

function interpolateAll(
  texts: Readonly<Record<string, unknown>> | undefined,
  scope: Scope,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts ?? {}).map(([key, text]) => [key, interpolate(String(text), scope)]),
  );
}

function bare(condition: string): string {
  return condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, "$1");
}
