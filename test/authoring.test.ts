import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runProgram } from "../src/cli/program.ts";
import { fairtrial, repository, temporaryFolder, workedExample, writeFiles } from "./command-line.ts";

/** All files below a folder, with their texts. */
function snapshot(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, "utf8")];
    }),
  );
}

async function initialised(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  expect(await fairtrial(folder, "init")).toMatchObject({ code: 0, stderr: "" });
  return folder;
}

describe("init", () => {
  test("in an empty repository passes validate, fmt --check and build at once", async () => {
    const folder = await initialised();
    const quiet = { code: 0, stderr: "" };
    expect(await fairtrial(folder, "validate")).toMatchObject(quiet);
    expect(await fairtrial(folder, "fmt", "--check")).toMatchObject(quiet);
    expect(await fairtrial(folder, "build")).toMatchObject(quiet);
    expect(await fairtrial(folder, "plan")).toMatchObject(quiet);
    expect(existsSync(join(folder, ".github/workflows/fairtrial.yml"))).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).scripts).toHaveProperty(
      "experiments:check",
    );
  });

  test("keeps what it tells to install out of git, where it starts the package", async () => {
    expect(readFileSync(join(await initialised(), ".gitignore"), "utf8")).toContain("node_modules/\n");
    const beside = await initialised({ "package.json": "{}\n", ".gitignore": "node_modules\n" });
    expect(readFileSync(join(beside, ".gitignore"), "utf8")).not.toContain("node_modules/");
  });

  test("where a file has the name of its folder, says so and ends with 2", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { experiments: "" });
    const { code, stderr } = await fairtrial(folder, "init");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .*experiments: something else is there already/);
  });

  test("brings data to simulate and analyse", async () => {
    const folder = await initialised();
    const example = join(folder, "experiments/example.yaml");
    const running = readFileSync(example, "utf8").replace(
      "status: draft",
      "status: running\nstart: 2026-11-02\nend: 2026-11-29\nremoveBy: 2027-03-01",
    );
    writeFileSync(example, running);
    expect(await fairtrial(folder, "simulate", "--units", "500")).toMatchObject({ code: 0 });
    const { code, stdout } = await fairtrial(folder, "analyze", "example", "--format", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ experiment: "example" });
  });

  test.each([
    ["copied", {}],
    ["installed", Object.fromEntries(schemas())],
  ])("links schemas that are there (%s)", async (_, files) => {
    const folder = await initialised(files);
    const yaml = Object.entries(snapshot(join(folder, "experiments"))).filter(([path]) =>
      path.endsWith(".yaml"),
    );
    expect(yaml.length).toBeGreaterThan(4);
    for (const [path, text] of yaml) {
      const link = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? "";
      expect(existsSync(join(folder, "experiments", path, "..", link))).toBe(true);
    }
    const settings = JSON.parse(readFileSync(join(folder, ".vscode/settings.json"), "utf8"));
    for (const schema of Object.keys(settings["yaml.schemas"]))
      expect(existsSync(join(folder, schema))).toBe(true);
    expect(await fairtrial(folder, "new", "second")).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, "experiments/second.yaml"), "utf8").split("\n")[0]).toBe(
      readFileSync(join(folder, "experiments/example.yaml"), "utf8").split("\n")[0],
    );
  });

  test("in an app keeps what is there, to the byte, and is done after once", async () => {
    const files = {
      "package.json":
        '{\n    "name": "shop",\n    "dependencies": { "next": "16.0.0" },\n    "scripts": { "experiments:build": "mine" }\n}\n',
      ".vscode/settings.json": '{\n  // our editor\n  "editor.tabSize": 3,\n}\n',
      ".gitignore": "node_modules",
      ".github/workflows/fairtrial.yml": "name: mine\n",
      "src/app.ts": "export const app = 1;\n",
    };
    const folder = await initialised(files);
    const once = snapshot(folder);
    expect(once["package.json"]).toContain('"experiments:build": "mine"');
    expect(once["package.json"]).toContain('"experiments:check": "fairtrial fmt --check');
    expect(once[".vscode/settings.json"]).toContain(
      '// our editor\n  "editor.tabSize": 3,\n  "yaml.schemas"',
    );
    expect(once[".gitignore"]?.startsWith("node_modules\ngenerated/manifest.json\n")).toBe(true);
    expect(once[".github/workflows/fairtrial.yml"]).toBe("name: mine\n");
    expect(once["experiments/project.yaml"]).toContain("name: shop\n");
    expect(once["experiments/project.yaml"]).toContain("imports: none\n");
    expect(await fairtrial(folder, "validate")).toMatchObject({ code: 0, stderr: "" });

    const again = await fairtrial(folder, "init");
    expect(again.code).toBe(0);
    expect(again.stdout).not.toMatch(/^(created|changed)/m);
    expect(snapshot(folder)).toEqual(once);
  });

  test("beside a project adds no starter to it", async () => {
    const folder = workedExample();
    const before = snapshot(join(folder, "experiments"));
    expect(await fairtrial(folder, "init", "--no-ci")).toMatchObject({ code: 0 });
    expect(snapshot(join(folder, "experiments"))).toEqual(before);
    expect(existsSync(join(folder, ".github"))).toBe(false);
  });

  test("leaves settings that it cannot read as they are", async () => {
    const folder = await initialised({ ".vscode/settings.json": "{ broken", "package.json": "[]" });
    expect(readFileSync(join(folder, ".vscode/settings.json"), "utf8")).toBe("{ broken");
    expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("[]");
  });

  test("in a part of a repository writes no workflows there", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, ".git"));
    mkdirSync(join(folder, "packages/shop"), { recursive: true });
    const { code, stdout } = await fairtrial(join(folder, "packages/shop"), "init");
    expect(code).toBe(0);
    expect(stdout).toContain("no workflows were written");
    expect(existsSync(join(folder, "packages/shop/.github"))).toBe(false);
  });
});

function schemas(): readonly (readonly [string, string])[] {
  return ["project", "experiment", "metric", "audience"].map((kind) => [
    `node_modules/fairtrial/schema/${kind}.schema.json`,
    readFileSync(join(repository, "schema", `${kind}.schema.json`), "utf8"),
  ]);
}

describe("new", () => {
  test.each(["ab", "abn", "holdback", "refactor"])(
    "--template %s passes validate, fmt and build",
    async (template) => {
      const folder = await initialised();
      expect(await fairtrial(folder, "new", "green-button", "--template", template)).toMatchObject({
        code: 0,
        stderr: "",
      });
      expect(await fairtrial(folder, "validate")).toMatchObject({ code: 0, stderr: "" });
      expect(await fairtrial(folder, "fmt", "--check")).toMatchObject({ code: 0 });
      expect(await fairtrial(folder, "build")).toMatchObject({ code: 0, stderr: "" });
    },
  );

  test("fits the worked example, whatever it is told", async () => {
    const folder = workedExample();
    const told = [
      "--name",
      "yes: #1",
      "--owner",
      "- team",
      "--hypothesis",
      'It "helps", because: x',
      "--unit",
      "org",
    ];
    expect(await fairtrial(folder, "new", "told", ...told)).toMatchObject({ code: 0 });
    const { stdout } = await fairtrial(folder, "plan", "--format", "json");
    expect(JSON.parse(stdout).experiments).toContainEqual(expect.objectContaining({ experiment: "told" }));
    expect(readFileSync(join(folder, "experiments/told.yaml"), "utf8")).toContain(
      'name: "yes: #1"\nowner: "- team"\n',
    );
  });

  test("takes the next free range of its layer until nothing is free", async () => {
    const folder = await initialised();
    for (const [key, range] of [
      ["first", "from: 0%\n  to: 50%"],
      ["second", "from: 50%\n  to: 70%"],
      ["third", "from: 70%\n  to: 100%"],
    ] as const) {
      const share = key === "second" ? ["--share", "20%"] : [];
      expect(await fairtrial(folder, "new", key, "--layer", "checkout", ...share)).toMatchObject({ code: 0 });
      expect(readFileSync(join(folder, `experiments/${key}.yaml`), "utf8")).toContain(range);
    }
    const { code, stderr } = await fairtrial(folder, "new", "fourth", "--layer", "checkout");
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining("third has 70% to 100%; nothing is free"),
    });
    expect(await fairtrial(folder, "validate")).toMatchObject({ code: 0, stderr: "" });
  });

  test.each([
    [["Green"], "cannot be an experiment's key"],
    [["project"], "cannot be an experiment's key"],
    [["../x"], "cannot be an experiment's key"],
    [["example"], "is there already"],
    [["x", "--unit", "org"], "there is no unit org"],
    [["x", "--metric", "nothing"], "there is no metric nothing"],
    [["x", "--layer", "nothing"], "there is no layer nothing"],
    [["x", "--share", "20%"], "--share needs --layer"],
    [["x", "--template", "none"], "Allowed choices are ab, abn, holdback, refactor"],
  ])("refuses %j and writes nothing", async (args, message) => {
    const folder = await initialised();
    const before = snapshot(folder);
    const { code, stderr } = await fairtrial(folder, "new", ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
    expect(snapshot(folder)).toEqual(before);
  });

  test("asks on a terminal for what no flag says, again where the answer is none of the choices", async () => {
    const folder = await initialised();
    const answers = ["twice", "holdback", "", "team-growth", "", "checkout", "revenue-per-user"];
    const asked: string[] = [];
    const quiet = { color: false, width: 80, watched: true, print: () => {}, log: () => {} };
    const code = await runProgram(["new", "asked", "--cwd", folder], {
      ...quiet,
      ask: async (question, fallback) => {
        asked.push(question);
        return answers.shift() || fallback;
      },
    });
    expect(code).toBe(0);
    expect(asked.map((question) => question.split(" [")[0])).toEqual([
      ...["Template", "Template", "Name", "Owner", "Hypothesis", "Layer", "Primary metric"],
    ]);
    const text = readFileSync(join(folder, "experiments/asked.yaml"), "utf8");
    for (const part of [
      "name: asked\n",
      "owner: team-growth\n",
      "launched:",
      "name: checkout\n",
      "revenue-per-user",
    ])
      expect(text).toContain(part);
    expect(text).not.toContain("hypothesis:");
  });
});

describe("assign", () => {
  const us = ["--context", '{"country": "US", "plan": "pro", "appVersion": "4.3.0", "employee": false}'];

  test("says step by step why, as the manifest's experiment assigns", async () => {
    const { code, stdout } = await fairtrial(
      workedExample(),
      "assign",
      "one-page-checkout",
      "--unit",
      "u-42",
      ...us,
    );
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(join(repository, "test/cases/assign/one-page-checkout.txt"));
  });

  test("names the condition that failed", async () => {
    const { stdout } = await fairtrial(
      ...[workedExample(), "assign", "one-page-checkout", "--unit", "u-42"],
      ...["--context", '{"country": "GB", "plan": "free"}'],
    );
    expect(stdout).toContain('✗ country is CA or US · found "GB"');
    expect(stdout).toContain("✗ appVersion is a version >=4.2.0 · it is missing");
    expect(stdout).toContain("no variant, reason not-in-audience");
  });

  test("is data too, and reads contexts from files", async () => {
    const folder = workedExample();
    writeFiles(folder, { "context.json": '{"employee": true}' });
    const { code, stdout } = await fairtrial(
      ...[
        folder,
        "assign",
        "one-page-checkout",
        "--unit",
        "u-1",
        "--context",
        "@context.json",
        "--format",
        "json",
      ],
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      formatVersion: 1,
      experiment: "one-page-checkout",
      id: "u-1",
      steps: [
        { step: "unit", passes: true },
        { step: "override", holds: true, variant: "one-page" },
      ],
      arm: { variant: "one-page", reason: "override" },
    });
  });

  test("shows what a draft will do", async () => {
    const folder = await initialised();
    const args = ["assign", "example", "--unit", "u-1", "--context", '{"plan": "free"}'];
    expect((await fairtrial(folder, ...args)).stdout).toContain("reason not-running");
    expect((await fairtrial(folder, ...args, "--if-running")).stdout).toContain("reason assigned");
  });

  test.each([
    [["onepage-checkout", "--unit", "u"], 2, "did you mean one-page-checkout?"],
    [["one-page-checkout"], 2, "required option '--unit <id>'"],
    [["one-page-checkout", "--unit", "u", "--context", "[]"], 2, "must be a JSON object"],
    [["one-page-checkout", "--unit", "u", "--context", "{"], 2, "is not JSON"],
    [["one-page-checkout", "--unit", "u", "--context", "@none.json"], 2, "cannot be read"],
    [["one-page-checkout", "--unit", "u", "--context", '{"contry": 1}'], 0, "did you mean country?"],
    [["one-page-checkout", "--unit", ""], 0, ""],
  ])("%j", async (args, code, message) => {
    const outcome = await fairtrial(workedExample(), "assign", ...args);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toContain(message);
  });

  test("works while other files are broken, not while its own is", async () => {
    const folder = workedExample();
    writeFiles(folder, { "experiments/broken.yaml": "name: x\n" });
    expect(await fairtrial(folder, "assign", "checkout-v2", "--unit", "u")).toMatchObject({
      code: 0,
      stderr: "",
    });
    const { code, stderr } = await fairtrial(folder, "assign", "broken", "--unit", "u");
    expect(code).toBe(1);
    expect(stderr).toContain("experiments/broken.yaml");
  });
});

describe("fmt", () => {
  const UNTIDY = `name: Untidy   # what people call it
status: draft
unit: 'user'
variants: { control: { weight: 50%, params: { steps: 3 } }, # the old one
  one-page: { weight: 50%, params: { steps: 1 } } }


metrics: {primary: checkout-conversion, secondary: [revenue-per-user, orders-per-user]}
mde: 12%`;
  const TIDY = `name: Untidy   # what people call it
status: draft
unit: "user"
variants:
  control: # the old one
    weight: 50%
    params:
      steps: 3
  one-page:
    weight: 50%
    params:
      steps: 1

metrics:
  primary: checkout-conversion
  secondary: [revenue-per-user, orders-per-user]
mde: 12%
`;

  test("--check shows the difference and the command that mends it, which does", async () => {
    const folder = workedExample();
    writeFiles(folder, { "experiments/untidy.yaml": UNTIDY });
    const checked = await fairtrial(folder, "fmt", "--check");
    expect(checked.code).toBe(1);
    expect(checked.stdout).toContain(
      "experiments/untidy.yaml is not in house form\n     3 - unit: 'user'\n     4 - variants: {",
    );
    expect(checked.stderr).toContain("run `fairtrial fmt`");
    expect(readFileSync(join(folder, "experiments/untidy.yaml"), "utf8")).toBe(UNTIDY);
    expect(await fairtrial(folder, "fmt")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("1 file of"),
    });
    expect(readFileSync(join(folder, "experiments/untidy.yaml"), "utf8")).toBe(TIDY);
    expect(await fairtrial(folder, "fmt", "--check")).toMatchObject({ code: 0, stderr: "" });
  });

  test("takes files and folders, from where it stands", async () => {
    const folder = workedExample();
    writeFiles(folder, { "experiments/untidy.yaml": UNTIDY, "experiments/metrics/untidy.yaml": UNTIDY });
    const json = async (...args: readonly string[]) =>
      JSON.parse(
        (await fairtrial(join(folder, "experiments"), "fmt", "--check", "--format", "json", ...args)).stdout,
      );
    expect((await json("metrics")).changed).toEqual(["experiments/metrics/untidy.yaml"]);
    expect((await json("untidy.yaml")).changed).toEqual(["experiments/untidy.yaml"]);
    expect((await json()).changed).toHaveLength(2);
    expect(await fairtrial(folder, "fmt", "src")).toMatchObject({ code: 2 });
  });

  test("formats the rest where a file is not YAML, and says so", async () => {
    const folder = workedExample();
    writeFiles(folder, { "experiments/broken.yaml": "a: [", "experiments/untidy.yaml": UNTIDY });
    const { code, stderr } = await fairtrial(folder, "fmt");
    expect(code).toBe(1);
    expect(stderr).toContain("experiments/broken.yaml:1");
    expect(readFileSync(join(folder, "experiments/untidy.yaml"), "utf8")).toBe(TIDY);
    expect(readFileSync(join(folder, "experiments/broken.yaml"), "utf8")).toBe("a: [");
  });
});

describe("build --watch", () => {
  test("builds what changed, survives errors, and ends well on Ctrl-C", async () => {
    const folder = workedExample();
    const lines: Record<string, unknown>[] = [];
    let told = "";
    let waiting: (() => void) | null = null;
    const running = runProgram(["build", "--watch", "--format", "json", "--cwd", folder], {
      color: false,
      width: 80,
      watched: false,
      log: (text) => {
        told += text;
      },
      print: (text) => {
        lines.push(JSON.parse(text));
        waiting?.();
      },
    });
    const next = async (): Promise<Record<string, unknown>> => {
      if (lines.length === 0) await new Promise<void>((resolve) => (waiting = resolve));
      return lines.shift()!;
    };
    const file = join(folder, "experiments/pay-button.yaml");
    const generated = join(folder, "generated/experiments/pay-button.ts");
    const text = readFileSync(file, "utf8");

    expect(await next()).toMatchObject({ errors: 0 });
    const untouched = statSync(join(folder, "generated/index.ts")).mtimeMs;
    writeFileSync(file, text.replace("label: Pay\n", "label: Buy\n"));
    expect(await next()).toMatchObject({
      errors: 0,
      files: expect.arrayContaining(["experiments/pay-button.ts"]),
    });
    expect(readFileSync(generated, "utf8")).toContain('"Buy"');
    expect(statSync(join(folder, "generated/index.ts")).mtimeMs).toBe(untouched);

    const index = join(folder, "generated/index.ts");
    const indexText = readFileSync(index, "utf8");
    for (const spoil of [
      () => rmSync(index),
      () => writeFileSync(index, "// mine"),
      () => rmSync(join(folder, "generated"), { recursive: true }),
      () => writeFileSync(index, "// mine again"),
    ]) {
      spoil();
      for (;;) if (((await next()).files as string[]).includes("index.ts")) break;
      expect(readFileSync(index, "utf8")).toBe(indexText);
    }
    writeFileSync(file, text.replace("label: Pay\n", "label: Buy now\n"));
    for (;;) if (((await next()).files as string[]).includes("experiments/pay-button.ts")) break;

    writeFileSync(file, "name: [");
    expect(await next()).toMatchObject({ errors: 1, files: [] });
    expect(told).toContain("experiments/pay-button.yaml");
    expect(readFileSync(generated, "utf8")).toContain('"Buy now"');

    rmSync(file);
    expect((await next()).files).toContain("experiments/pay-button.ts");
    expect(existsSync(generated)).toBe(false);
    mkdirSync(join(folder, "experiments/archive"), { recursive: true });
    writeFileSync(file, text);
    for (;;) if (((await next()).files as string[]).includes("experiments/pay-button.ts")) break;
    expect(readFileSync(generated, "utf8")).toContain('"Pay"');

    process.emit("SIGINT");
    expect(await running).toBe(0);
    expect(await fairtrial(folder, "build", "--check")).toMatchObject({ code: 0, stderr: "" });
  });

  test("is not a check", async () => {
    expect(await fairtrial(workedExample(), "build", "--watch", "--check")).toMatchObject({ code: 2 });
  });
});

describe("completion", () => {
  async function complete(folder: string, ...words: readonly string[]): Promise<readonly string[]> {
    const { stdout } = await fairtrial(folder, "completion", "bash");
    const array = words.map((word) => `'${word}'`).join(" ");
    const script = `${stdout}\nCOMP_WORDS=(fairtrial ${array}); COMP_CWORD=${words.length}; _fairtrial; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const output = execFileSync("bash", ["--norc", "-c", script], { cwd: folder, encoding: "utf8" });
    return output.split("\n").filter((line) => line !== "");
  }

  test("completes commands, options, values, experiments and files in a real bash", async () => {
    const folder = workedExample();
    expect(await complete(folder, "a")).toEqual(["assign", "analyze"]);
    expect(await complete(folder, "plan", "--fo")).toEqual(["--format"]);
    expect(await complete(folder, "analyze", "--format", "")).toEqual(["pretty", "json", "markdown"]);
    expect(await complete(folder, "new", "x", "--template", "a")).toEqual(["ab", "abn"]);
    expect(await complete(folder, "assign", "check")).toEqual(["checkout-v2"]);
    expect(await complete(folder, "simulate", "p")).toEqual(["pay-button"]);
    expect(await complete(folder, "completion", "")).toEqual(["bash", "zsh", "fish"]);
    expect(await complete(folder, "fmt", "exp")).toEqual(["experiments"]);
    expect(await complete(folder, "validate", "--cwd", "exp")).toEqual(["experiments"]);
    expect(await complete(folder, "new", "")).toEqual([]);
  });

  const shell = "fish";
  const fish = spawnSync(shell, ["--version"]).status === 0;
  if (!fish) console.warn("SKIPPED: completion in fish, which is not here");
  test.skipIf(!fish)("completes in a real fish", async () => {
    const folder = workedExample();
    writeFiles(folder, { "completion.fish": (await fairtrial(folder, "completion", "fish")).stdout });
    const complete = (line: string) =>
      execFileSync(shell, ["--no-config", "-c", `source completion.fish; complete -C '${line}'`], {
        cwd: folder,
        encoding: "utf8",
      })
        .split("\n")
        .map((entry) => entry.split("\t")[0])
        .filter((entry) => entry !== "");
    expect(complete("fairtrial a")).toEqual(["analyze", "assign"]);
    expect(complete("fairtrial assign check")).toEqual(["checkout-v2"]);
    expect(complete("fairtrial analyze --format ")).toEqual(["json", "markdown", "pretty"]);
  });

  test.each(["bash", "zsh", "fish"])("knows every command and option in %s", async (shell) => {
    const [script, table] = await Promise.all([
      fairtrial(".", "completion", shell),
      fairtrial(".", "completion", shell, "--format", "json"),
    ]);
    expect(script.code).toBe(0);
    const { commands } = JSON.parse(table.stdout) as {
      commands: { name: string; options: { names: string[] }[] }[];
    };
    expect(commands.length).toBeGreaterThan(10);
    for (const { name, options } of commands) {
      expect(script.stdout).toContain(name);
      for (const option of options.flatMap(({ names }) => names))
        expect(script.stdout).toContain(shell === "fish" ? `${option.replace(/^-+/, "")}` : option);
    }
  });
});

test("each of them has help, --format and --cwd", async () => {
  for (const command of ["init", "new", "assign", "fmt", "completion"]) {
    const { code, stdout } = await fairtrial(".", command, "--help");
    expect(code).toBe(0);
    expect(stdout).toContain("--format");
    expect(stdout).toContain("--cwd");
  }
});
