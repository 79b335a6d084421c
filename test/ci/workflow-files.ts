import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { userWorkflows, type WorkflowFile } from "../../src/cli/workflows/workflows.ts";
import { repository } from "../command-line.ts";

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Action {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** Every workflow and action of this repository and of those that `init` writes, by a name that tells them apart. */
export function workflowFiles(): readonly WorkflowFile[] {
  const own = [".github/workflows", ".github/actions/fairtrial"].flatMap((folder) =>
    readdirSync(join(repository, folder)).map((name) => `${folder}/${name}`),
  );
  return [
    ...own.map((path) => ({ path: `ours: ${path}`, text: readFileSync(join(repository, path), "utf8") })),
    ...userWorkflows().map(({ path, text }) => ({ path: `theirs: ${path}`, text })),
  ];
}

export function isAction({ path }: WorkflowFile): boolean {
  return path.endsWith("action.yml");
}

export function readWorkflow({ text }: WorkflowFile): Workflow {
  return parse(text) as Workflow;
}

export function readAction({ text }: WorkflowFile): Action {
  return parse(text) as Action;
}

/** All steps of a workflow or an action. */
export function stepsOf(file: WorkflowFile): readonly Step[] {
  if (isAction(file)) return readAction(file).runs.steps;
  return Object.values(readWorkflow(file).jobs).flatMap(({ steps }) => steps);
}
