import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type JobResult, runJob } from "./run-job.ts";
import { changed, type Edit, installTools, openShop, push, pushed } from "./shop.ts";

let bin: readonly string[];
beforeAll(() => {
  bin = installTools({ npx: "quick" });
});

interface Published extends JobResult {
  /** The folders that were kept, by the action that kept them. */
  readonly kept: ReadonlyMap<string, string>;
  readonly log: string;
}

/** Publishes `main` after one edit of the shop. */
async function publish(
  edit: Edit,
  {
    vars = {},
    fork = false,
    build = true,
  }: { vars?: Record<string, string>; fork?: boolean; build?: boolean } = {},
): Promise<Published> {
  const origin = await openShop();
  const head = await push(origin, { branch: "main", edit, build });
  const kept = new Map<string, string>();
  const keep = (action: string) => (inputs: Readonly<Record<string, string>>) => {
    kept.set(action, inputs.path!);
  };
  const result = await runJob(".github/workflows/fairtrial-publish.yml", "site", {
    ...pushed(origin, head),
    event: { before: head, repository: { fork } },
    bin,
    vars,
    actions: {
      "actions/checkout": () => {},
      "actions/setup-node": () => {},
      "actions/upload-artifact": keep("artifact"),
      "actions/upload-pages-artifact": keep("pages"),
    },
  });
  return { ...result, kept, log: result.steps.map(({ log }) => log).join("\n") };
}

const script = (command: string): Edit =>
  changed("package.json", "fairtrial simulate --seed 3 --units 400", command);

describe("publishing main", () => {
  test("keeps the manifest, the reports and the analyses, and shows the analyses", async () => {
    const { conclusion, temp, kept, outputs, summary, log } = await publish({});
    expect(conclusion, log).toBe("success");
    expect(outputs).toEqual({ ready: "true" });
    expect(kept).toEqual(new Map([["artifact", join(temp, "site")]]));
    const names = readdirSync(join(temp, "site"));
    expect(names).toEqual(
      expect.arrayContaining(["index.html", "manifest.json", "plan.json", "analyses.json"]),
    );
    const analyses = JSON.parse(readFileSync(join(temp, "site", "analyses.json"), "utf8"));
    expect(analyses).toMatchObject([{ experiment: "checkout" }]);
    expect(summary).toContain("Checkout");
  });

  test("goes to Pages only where the repository says so", async () => {
    const { kept } = await publish({}, { vars: { FAIRTRIAL_PAGES: "true" } });
    expect([...kept.keys()]).toEqual(["artifact", "pages"]);
  });

  test("publishes the manifest though the data are bad, and ends red", async () => {
    const edit = script("mkdir -p data && echo nonsense > data/exposures.csv && echo x > data/events.csv");
    const { conclusion, temp, outputs, log } = await publish(edit);
    expect({ conclusion, outputs }).toEqual({ conclusion: "failure", outputs: { ready: "true" } });
    expect(existsSync(join(temp, "site", "manifest.json"))).toBe(true);
    expect(existsSync(join(temp, "site", "index.html"))).toBe(true);
    expect(log).toContain("::error title=Fairtrial::The data could not all be analysed");
  });

  test("is content with drafts alone and no data", async () => {
    const edit = {
      ...changed("experiments/checkout.yaml", "status: running", "status: draft"),
      ...script("true"),
    };
    const { conclusion, temp, log } = await publish(edit);
    expect(conclusion, log).toBe("success");
    expect(existsSync(join(temp, "site", "manifest.json"))).toBe(true);
  });

  test("tells of harm with a red run", async () => {
    const { conclusion, log, outputs } = await publish({
      ...script(
        "fairtrial simulate --seed 3 --units 30000 --effect one-page:errors=+400% && node keep-days.cjs 2026-11-15",
      ),
      "keep-days.cjs": `const { readFileSync, writeFileSync } = require("node:fs");
for (const path of ["data/exposures.csv", "data/events.csv"]) {
  const [head, ...rows] = readFileSync(path, "utf8").trimEnd().split("\\n");
  const kept = rows.filter((row) => row.match(/\\d{4}-\\d\\d-\\d\\d/)[0] < process.argv[2]);
  writeFileSync(path, [head, ...kept, ""].join("\\n"));
}
`,
    });
    expect(log).toContain("::error title=Fairtrial::checkout: stop-harm");
    expect({ conclusion, outputs }).toEqual({ conclusion: "failure", outputs: { ready: "true" } });
  });

  test("tells when a decision is due", async () => {
    const { conclusion, log } = await publish(script("fairtrial simulate --seed 3 --units 30000"));
    expect(log).toMatch(/^::notice title=Fairtrial::checkout: (inconclusive|do-not-ship|ship);/m);
    expect(conclusion).toBe("success");
  });

  test("publishes nothing when the files are wrong", async () => {
    const edit = changed("experiments/checkout.yaml", "weight: 50%", "weight: 60%");
    const { conclusion, kept, outputs } = await publish(edit, { build: false });
    expect({ conclusion, kept: kept.size, outputs }).toEqual({
      conclusion: "failure",
      kept: 0,
      outputs: { ready: "" },
    });
  });

  test("does nothing in a fork", async () => {
    const { steps, conclusion } = await publish({}, { fork: true });
    expect({ steps, conclusion }).toEqual({ steps: [], conclusion: "success" });
  });
});
