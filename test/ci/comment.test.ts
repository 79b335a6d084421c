import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { userWorkflows } from "../../src/cli/workflows/workflows.ts";
import { temporaryFolder, writeFiles } from "../command-line.ts";
import { type FakeGithub, openFakeGithub } from "./fake-github.ts";
import { runJob } from "./run-job.ts";

const WORKFLOW = ".github/workflows/fairtrial-comment.yml";
const SHA = "c0ffee".padEnd(40, "0");
const PULL = {
  number: 12,
  head: { sha: SHA, repo: { id: 2 } },
  base: { repo: { id: 1 } },
};
const RUN = {
  id: 99,
  event: "pull_request",
  conclusion: "failure",
  head_sha: SHA,
  head_branch: "one page/$(id)&x=1",
  head_repository: { id: 2, owner: { login: "forker" } },
  pull_requests: [],
};
const PLAN = "  ~ one-page-checkout\n\nPlan: 0 to start, 1 to change, 0 to stop, 0 restart\n";

let github: FakeGithub;
beforeEach(async () => {
  github = await openFakeGithub();
  github.state.pulls = [PULL];
});
afterEach(() => github.close());

type Artifact = Readonly<Record<string, string>> | ((folder: string) => void);

/** Runs the job as after a finished check of a pull request that left these files. */
async function comment(artifact: Artifact, run: Readonly<Record<string, unknown>> = {}) {
  const workspace = temporaryFolder();
  writeFiles(workspace, Object.fromEntries(userWorkflows().map(({ path, text }) => [path, text])));
  const { conclusion, steps } = await runJob(WORKFLOW, "comment", {
    workspace,
    eventName: "workflow_run",
    event: { workflow_run: { ...RUN, ...run } as never, repository: { id: 1 } },
    env: {
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_SERVER_URL: "https://github.com",
    },
    actions: {
      "actions/download-artifact": ({ path, "run-id": id }) => {
        expect(id).toBe("99");
        mkdirSync(path!, { recursive: true });
        if (typeof artifact === "function") artifact(path!);
        else writeFiles(path!, artifact);
      },
    },
  });
  const comments = github.state.comments.get(12) ?? [];
  return { conclusion, log: steps.at(-1)?.log ?? "", comments, body: comments.at(-1)?.body };
}

const written = () => github.requests.filter((request) => !request.startsWith("GET"));

describe("one comment on each pull request", () => {
  test("is written for the pull request that has the run's head, with the plan in a code block", async () => {
    const { conclusion, body } = await comment({ outcome: "changes\n", "plan.txt": PLAN });
    expect(conclusion).toBe("success");
    expect(body).toBe(
      [
        "<!-- fairtrial-plan -->",
        "**Fairtrial**: this pull request changes experiments. " +
          "[The run](https://github.com/acme/shop/actions/runs/99) tells all.",
        "",
        "<details open>",
        "<summary>Plan</summary>",
        "",
        "```diff",
        PLAN.trimEnd(),
        "```",
        "",
        "</details>",
      ].join("\n"),
    );
    expect(written()).toEqual(["POST /repos/acme/shop/issues/12/comments"]);
    expect([...github.tokens]).toEqual(["Bearer token-of-the-run"]);
    expect(github.requests[0]).toBe(
      "GET /repos/acme/shop/pulls?state=open&per_page=100&head=forker%3Aone%20page%2F%24(id)%26x%3D1",
    );
  });

  test("is updated in place, also when more than a hundred comments lie before it", async () => {
    const chat = Array.from({ length: 150 }, (_, index) => ({
      id: 1000 + index,
      user: { login: "ann" },
      body: "chat",
    }));
    github.state.comments.set(12, chat);
    await comment({ outcome: "changes", "plan.txt": PLAN });
    const { comments, body } = await comment({ outcome: "refused", "plan.txt": PLAN });
    expect(comments).toHaveLength(151);
    expect(body).toContain("this pull request is refused.");
    expect(written()).toEqual([
      "POST /repos/acme/shop/issues/12/comments",
      "PATCH /repos/acme/shop/issues/comments/101",
    ]);
    await comment({ outcome: "refused", "plan.txt": PLAN });
    expect(written()).toHaveLength(2);
  });

  test("is not written when nothing changes, and says so where it stands already", async () => {
    await comment({ outcome: "none", "plan.txt": "No changes." });
    expect(written()).toEqual([]);
    await comment({ outcome: "changes", "plan.txt": PLAN });
    const { body } = await comment({ outcome: "none", "plan.txt": "No changes." });
    expect(body).toContain("this pull request changes no experiment.");
    expect(body).not.toContain("```");
  });

  test("is not written when the check came to no plan, and no old plan stays", async () => {
    expect((await comment({})).conclusion).toBe("success");
    expect(written()).toEqual([]);
    await comment({ outcome: "changes", "plan.txt": PLAN });
    expect((await comment({})).body).toContain("no plan could be made.");
  });
});

describe("a pull request that is not its run's", () => {
  test.each([
    ["has moved on", { ...PULL, head: { ...PULL.head, sha: "f".repeat(40) } }],
    ["comes from another repository", { ...PULL, head: { ...PULL.head, repo: { id: 3 } } }],
    ["comes from a repository that is gone", { ...PULL, head: { ...PULL.head, repo: null } }],
    ["goes to another repository", { ...PULL, base: { repo: { id: 4 } } }],
  ])("gets no comment when it %s", async (_, pull) => {
    github.state.pulls = [pull];
    expect((await comment({ outcome: "changes", "plan.txt": PLAN })).conclusion).toBe("success");
    expect(written()).toEqual([]);
  });

  test("gets no comment when two have the same head, or the fork is gone, or the check was cancelled", async () => {
    github.state.pulls = [PULL, { ...PULL, number: 13 }];
    await comment({ outcome: "changes", "plan.txt": PLAN });
    github.state.pulls = [PULL];
    await comment({ outcome: "changes", "plan.txt": PLAN }, { head_repository: null });
    await comment({ outcome: "changes", "plan.txt": PLAN }, { conclusion: "cancelled" });
    await comment({ outcome: "changes", "plan.txt": PLAN }, { event: "push" });
    expect(written()).toEqual([]);
  });
});

describe("a forged artifact", () => {
  test("cannot leave its code block", async () => {
    const text =
      "```\n# @acme/owners <img src=https://evil.example>\n`````\n</details>\n[x](https://evil.example)\n";
    const { body } = await comment({ outcome: "changes", "plan.txt": text });
    expect(body).toContain(`\n\`\`\`\`\`\`diff\n${text.trimEnd()}\n\`\`\`\`\`\`\n`);
  });

  test("cannot bring words of its own into the verdict", async () => {
    for (const outcome of ["**merge me**", "toString", "__proto__", "x".repeat(10)]) {
      const { comments } = await comment({ outcome, "plan.txt": PLAN });
      expect(comments).toEqual([]);
    }
  });

  test("cannot hide or reorder text, or flood the page", async () => {
    const { body } = await comment({
      outcome: "changes",
      "plan.txt": `\u001b[31mred\u001b[0m \u202Egnp\u202C \u0000 \u200b\r\n${"long line\n".repeat(50_000)}`,
    });
    expect(body).toContain("red \ufffdgnp\ufffd \ufffd \ufffd\nlong line\n");
    expect(body).toContain("… the rest stands in the run's summary");
    expect(body!.length).toBeLessThan(60_000);
  });

  test("cannot make the job read another file", async () => {
    const secret = join(temporaryFolder(), "secret");
    writeFileSync(secret, "the secret");
    const { body } = await comment((folder) => {
      writeFileSync(join(folder, "outcome"), "changes");
      symlinkSync(secret, join(folder, "plan.txt"));
    });
    expect(body).toContain("changes experiments");
    expect(body).not.toContain("the secret");
  });

  test("cannot plant the comment that is edited: it must be the bot's own", async () => {
    github.state.comments.set(12, [
      { id: 1, user: { login: "mallory" }, body: "<!-- fairtrial-plan --> mine" },
    ]);
    await comment({ outcome: "changes", "plan.txt": PLAN });
    expect(written()).toEqual(["POST /repos/acme/shop/issues/12/comments"]);
  });
});

test("an answer of GitHub that is an error fails the job", async () => {
  const { conclusion, log } = await comment({ outcome: "changes", "plan.txt": PLAN }).then(async (first) => {
    expect(first.conclusion).toBe("success");
    github.state.comments.clear();
    github.state.pulls = [{ ...PULL, number: "12/../../.." }];
    return comment({ outcome: "changes", "plan.txt": PLAN });
  });
  expect({ conclusion, log }).toMatchObject({ conclusion: "failure", log: expect.stringContaining("404") });
});
