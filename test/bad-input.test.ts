import { describe, expect, test } from "vitest";
import { caseProject, fairtrial, repository } from "./command-line.ts";

const experiment = `name: Checkout
owner: team-checkout
hypothesis: The variant sells more.
status: stopped
start: 2023-01-01
end: 2023-01-31
unit: user
variants:
  control:
    weight: 50%
  variant:
    weight: 50%
metrics:
  primary: purchase-rate
mde: 10%
`;
const edit = (from: string, to: string) => ({ "experiments/checkout.yaml": experiment.replace(from, to) });
const running = (from: string, to: string, key: string) => ({
  [`experiments/${key}.yaml`]: `${experiment.replace("status: stopped", "status: running")}layer:\n  name: shared\n  from: ${from}\n  to: ${to}\nremoveBy: 2023-06-01\nplanning:\n  newPerDay: 9000\n  baseline:\n    rate: 20%\n`,
});

/** Each with the command that meets it; what is printed is kept in `test/cases/bad-input` for a person to read. */
const files: Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>> = {
  "unknown-key": edit("hypothesis:", "hypotesis:"),
  "wrong-type": edit("start: 2023-01-01", "start: soon"),
  "weights-of-99": edit("    weight: 50%\n  variant", "    weight: 49%\n  variant"),
  "duplicate-key": edit("unit: user\n", "unit: user\nstatus: draft\n"),
  "missing-metric": edit("purchase-rate", "purchase-rat"),
  "overlapping-ranges": {
    ...running("0%", "60%", "first"),
    ...running("50%", "100%", "second"),
    "experiments/project.yaml": `name: overlap
units:
  user:
    id: userId
layers:
  shared:
    unit: user
events:
  purchase:
    source: app
    units: [user]
    properties:
      amount: number
warehouse:
  engine: duckdb
  sources:
    exposures:
      from: data/exposures.csv
      units:
        user: user
      columns:
        experiment: experiment
        variant: variant
        timestamp: time
    app:
      from: data/events.csv
      units:
        user: user
      columns:
        event: event
        timestamp: time
`,
  },
  "empty-file": { "experiments/checkout.yaml": "" },
  "binary-file": {
    "experiments/checkout.yaml": new Uint8Array([
      0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0xff,
    ]),
  },
  "unquoted-number": edit("mde: 10%", "control: 0\nmde: 10%"),
  "several-problems": {
    ...edit("weight: 50%\n  variant", "weight: half\n  variant"),
    "experiments/metrics/revenue.yaml": "name: Revenue\nkind: total\nbetter: more\n",
    "experiments/notes.txt": "hello",
  },
};
const data: Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>> = {
  "missing-column": {
    "data/exposures.csv": "user,experiment,arm,time\n1,checkout,control,2023-01-01 10:00\n",
  },
  "bad-timestamps": {
    "data/events.csv":
      "user,event,amount,time\n1,purchase,30,2023-01-02 08:00\n2,purchase,5,yesterday\n3,purchase,5,never\n",
  },
  "not-a-number": { "data/events.csv": "user,event,amount,time\n1,purchase,thirty,2023-01-02 08:00\n" },
};

describe("validate refuses, with place and mend,", () => {
  test.each(Object.keys(files))("%s", async (name) => {
    const { code, stdout, stderr } = await fairtrial(caseProject("first-exposure", files[name]), "validate");
    await expectRefusal({ code, text: `${stdout}${stderr}` }, name);
  });
});

describe("analyze refuses, with place and mend,", () => {
  test.each(["missing-column", "bad-timestamps", "not-a-number"])("%s", async (name) => {
    const { code, stdout, stderr } = await fairtrial(caseProject("first-exposure", data[name]), "analyze");
    expect(stdout).toBe("");
    await expectRefusal({ code, text: stderr }, name);
  });

  test("missing-file", async () => {
    const { code, stderr } = await fairtrial(caseProject("lift-events"), "analyze");
    await expectRefusal({ code, text: stderr }, "missing-file");
  });
});

describe("wrong usage exits with 2:", () => {
  test.each([
    [["validate", "--colour"]],
    [["validate", "--format", "xml"]],
    [["analyse"]],
    [["analyze", "no-such-key"]],
    [["simulate", "--effect", "variant:revenue=lots"]],
    [["simulate", "--units", "-3"]],
    [["analyze", "--as-of", "tomorrow"]],
  ])("%j", async (args) => {
    const { code, stdout, stderr } = await fairtrial(caseProject("first-exposure"), ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/error: /);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("no project", async () => {
    const { code, stderr } = await fairtrial("/", "validate");
    expect(code).toBe(2);
    expect(stderr).toContain("experiments/project.yaml");
  });
});

async function expectRefusal({ code, text }: { code: number; text: string }, name: string): Promise<void> {
  expect(code).toBe(1);
  expect(text).toMatch(/error\[[a-z]+\/[a-z0-9-]+\]/);
  expect(text).toMatch(/experiments\/[\w/-]+\.yaml:\d+:\d+/);
  expect(text).not.toMatch(/\n\s+at .*\.[jt]s/);
  const plain = text.replaceAll(/\/\S*fairtrial-test-\w+\//g, "");
  await expect(plain).toMatchFileSnapshot(`${repository}/test/cases/bad-input/${name}.txt`);
}
