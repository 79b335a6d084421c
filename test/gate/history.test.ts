import { expect, test } from "vitest";
import { fairtrial, repository as root } from "../command-line.ts";
import { type Files, openRepository } from "./repository.ts";
import { SHOP } from "./shop.ts";

/** What the files say now; each commit edits it. */
const state = new Map<string, string>();

function edit(path: string, ...edits: readonly (readonly [found: string, replacement: string])[]): Files {
  let text = state.get(`experiments/${path}`) ?? "";
  for (const [found, replacement] of edits) {
    if (text.split(found).length !== 2) throw new Error(`${path} must hold ${JSON.stringify(found)} once`);
    text = text.replace(found, () => replacement);
  }
  return { [`experiments/${path}`]: text };
}

const decision = (ship: string) => `mde: 10%
decision:
  ship: ${ship}
  date: 2027-04-20
  by: team-shop
  verdict: ship
  evidence:
    iteration: 2
    spec: "0000000"
    asOf: 2027-04-20T00:00:00Z
`;

const CHAT = `name: Chat beside the basket
status: draft
unit: user
variants:
  control:
    weight: 90%
  chat:
    weight: 10%
metrics:
  primary: revenue
mde: 8%
`;

/** The life of a shop's experiments, a commit each. */
const HISTORY: readonly (readonly [subject: string, change: () => Files])[] = [
  ["a draft for a chat", () => ({ "experiments/chat.yaml": CHAT })],
  [
    "tell what the chat is for",
    () =>
      edit(
        "chat.yaml",
        [
          "status: draft",
          "owner: team-help\nhypothesis: Questions answered are baskets bought.\nstatus: draft",
        ],
        ["mde: 8%", "mde: 12%"],
      ),
  ],
  [
    "start the chat",
    () =>
      edit("chat.yaml", [
        "status: draft",
        "status: running\nstart: 2027-01-11\nend: 2027-02-28\nremoveBy: 2027-06-01",
      ]),
  ],
  ["enrol all of the checkout's range", () => edit("checkout.yaml", ["rollout: 50%", "rollout: 100%"])],
  [
    "spell the project differently",
    () => edit("project.yaml", ["values: [US, CA, GB]", "values:\n      - US\n      - CA\n      - GB"]),
  ],
  ["name an owner", () => edit("banner.yaml", ["status: draft", "owner: team-shop\nstatus: draft"])],
  ["measure conversion for two weeks", () => edit("metrics/conversion.yaml", ["window: 7d", "window: 14d"])],
  [
    "measure conversion for one week again",
    () => edit("metrics/conversion.yaml", ["window: 14d", "window: 7d"]),
  ],
  ["sell to Britain too", () => edit("audiences/buyers.yaml", ["[US, CA]", "[US, CA, GB]"])],
  ["not yet", () => edit("audiences/buyers.yaml", ["[US, CA, GB]", "[US, CA]"])],
  ["give the chat half", () => edit("chat.yaml", ["90%", "50%"], ["10%", "50%"])],
  [
    "give the chat half, in a new iteration",
    () =>
      edit(
        "chat.yaml",
        ["status: running", "status: running\niteration: 2"],
        ["start: 2027-01-11", "start: 2027-03-01"],
        ["end: 2027-02-28", "end: 2027-04-11"],
      ),
  ],
  ["be stricter by default", () => edit("project.yaml", ["alpha: 5%", "alpha: 1%"])],
  ["be as strict as before", () => edit("project.yaml", ["alpha: 1%", "alpha: 5%"])],
  ["a smaller holdout", () => edit("project.yaml", ["share: 5%", "share: 2%"])],
  [
    "start the banner over the checkout",
    () =>
      edit(
        "banner.yaml",
        ["status: draft", "hypothesis: Larger is seen.\nstatus: running\nremoveBy: 2027-06-01"],
        ["from: 60%", "from: 50%"],
      ),
  ],
  ["start the banner beside it", () => edit("banner.yaml", ["from: 50%", "from: 60%"])],
  ["stop the checkout", () => edit("checkout.yaml", ["status: running", "status: stopped"])],
  [
    "ship the chat",
    () =>
      edit(
        "chat.yaml",
        ["status: running", "status: concluded"],
        ["mde: 12%\n", decision("chat").replace("10%", "12%")],
      ),
  ],
  [
    "file the search away, drop the prices",
    () => ({
      "experiments/search.yaml": null,
      "experiments/archive/search.yaml": SHOP["experiments/search.yaml"],
      "experiments/prices.yaml": null,
    }),
  ],
];

test("the plan of each of 20 commits against its parent, for a person to read", async () => {
  for (const [path, text] of Object.entries(SHOP)) state.set(path, text);
  const { folder, commit } = openRepository(SHOP);
  expect(HISTORY).toHaveLength(20);
  for (const [index, [subject, change]] of HISTORY.entries()) {
    const files = change();
    for (const [path, text] of Object.entries(files)) if (text !== null) state.set(path, text);
    commit(subject, files);
    const { code, stdout, stderr } = await fairtrial(
      folder,
      "plan",
      "--base",
      "HEAD~1",
      "--detailed-exitcode",
    );
    const shown =
      `# ${subject}\n$ fairtrial plan --base HEAD~1 --detailed-exitcode   (exit ${code})\n\n${stdout}${stderr === "" ? "" : `\n${stderr}`}`
        .replaceAll(/\b[0-9a-f]{40}\b/g, "<parent>")
        .replaceAll(/\b[0-9a-f]{7}(?=[:\n])/g, "<parent>");
    const name = `${String(index + 1).padStart(2, "0")}-${subject.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
    await expect(shown).toMatchFileSnapshot(`${root}/test/cases/history/${name}.txt`);
  }
}, 60_000);
