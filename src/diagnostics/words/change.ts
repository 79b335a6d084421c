import { words } from "../words.ts";

const RESTART = "or raise `iteration` to restart the trial: its variants are drawn anew";

/** What a change would do to experiments that run, or ran. */
export const changeWords = {
  "change/frozen": words<{
    experiment: string;
    status: string;
    field: string;
    before: string;
    after: string;
    iteration: number;
    carryOver: string;
  }>({
    severity: "error",
    title: "A frozen field of a trial changes",
    message: ({ experiment, status, field, before, after }) =>
      `\`${experiment}\` is ${status}, and its \`${field}\` would change${before === "" || after === "" ? "" : ` from ${before} to ${after}`}`,
    help: ({ status, iteration, carryOver }) =>
      status === "stopped"
        ? "undo the change, or conclude the experiment first; a metric that should mean something else can have a file of its own"
        : `undo the change, or write \`iteration: ${iteration}\` to restart the trial: its variants are drawn anew${
            carryOver === ""
              ? ""
              : `, and units of iteration ${iteration - 1}, measured until ${carryOver}, carry it over`
          }`,
  }),
  "change/variant-order": words<{ experiment: string; before: readonly string[]; after: readonly string[] }>({
    severity: "error",
    title: "Variants change places under PlanOut's hash",
    message: ({ experiment, before, after }) =>
      `PlanOut counts the variants of \`${experiment}\` in the order of the file, which would go from ${before.join(", ")} to ${after.join(", ")}: units would change variant`,
    help: () => `put them back in their order, ${RESTART}`,
  }),
  "change/undropped": words<{ experiment: string; variant: string; day: string }>({
    severity: "error",
    title: "A dropped variant comes back",
    message: ({ experiment, variant, day }) =>
      `\`${variant}\` of \`${experiment}\` was dropped on ${day}; its units would meet it, then nothing, then it again`,
    help: ({ day }) => `keep \`dropped: ${day}\`, ${RESTART}`,
  }),
  "change/holdout": words<{
    experiment: string;
    before: string;
    after: string;
  }>({
    severity: "error",
    title: "A holdout takes units away from a running experiment",
    message: ({ experiment, before, after }) =>
      `the holdout would go from ${before} to ${after} while \`${experiment}\` runs: enrolled units would leave it`,
    help: () => "a holdout only falls while experiments run; raise it when none of its unit does",
  }),
  "change/renamed": words<{ experiment: string; formerly: string; status: string }>({
    severity: "error",
    title: "An experiment that runs is renamed",
    message: ({ experiment, formerly, status }) =>
      `\`${formerly}\` is ${status} and would become \`${experiment}\`: its units would be drawn anew, and its exposures lost`,
    help: ({ formerly }) =>
      `keep the file's name \`${formerly}.yaml\`; \`name\` may change. ${capital(RESTART)}. Another trial than that needs words of its own, and \`${formerly}.yaml\` to stay, stopped`,
  }),
  "change/iteration-falls": words<{ experiment: string; before: number; after: number }>({
    severity: "error",
    title: "An iteration that ran is used again",
    message: ({ experiment, before, after }) =>
      `the iteration of \`${experiment}\` would fall from ${before} to ${after}, which has run before`,
    help: ({ before }) => `keep \`iteration: ${before}\`, or raise it`,
  }),
  "change/reopened": words<{ experiment: string; before: string; after: string; iteration: number }>({
    severity: "error",
    title: "A trial goes back to where its plan was still open",
    message: ({ experiment, before, after }) =>
      `\`${experiment}\` is ${before} and would be ${after} again, in the same iteration`,
    help: ({ before, iteration }) =>
      `keep \`status: ${before}\`, or write \`iteration: ${iteration}\` for a new trial`,
  }),
  "change/resumed": words<{ experiment: string; iteration: number }>({
    severity: "warning",
    title: "A stopped experiment runs on",
    message: ({ experiment }) =>
      `\`${experiment}\` was stopped and would run on in the same iteration: its units had no variant in between`,
    help: ({ iteration }) => `write \`iteration: ${iteration}\` for a trial without a hole`,
  }),
  "change/rollout-falls": words<{
    experiment: string;
    before: string;
    after: string;
    left: number;
    of: number;
  }>({
    severity: "warning",
    title: "A rollout falls",
    message: ({ experiment, before, after, left, of }) =>
      `the rollout of \`${experiment}\` would fall from ${before} to ${after}: ${left} of ${of} enrolled units lose their variant`,
    help: () => "they stay in the analysis without the treatment; to end the trial, write `status: stopped`",
  }),
  "change/dropped": words<{ experiment: string }>({
    severity: "warning",
    title: "A running experiment's file is gone",
    message: ({ experiment }) =>
      `\`${experiment}\` runs, and its file is gone: it would stop, and never be reported`,
    help: () => "`status: stopped` stops it and keeps its report",
  }),
  "change/carry-over": words<{ experiment: string; iteration: number; until: string; start: string }>({
    severity: "warning",
    title: "A restart meets units of the former iteration",
    message: ({ experiment, iteration, until, start }) =>
      `iteration ${iteration} of \`${experiment}\` starts ${start === "" ? "at once" : `on ${start}`}; units of iteration ${iteration - 1} are measured until ${until}, and carry it over`,
    help: ({ until }) => `start on ${until} or later, or give it another range of its layer`,
  }),
  "change/unread-base": words<{ experiment: string; base: string }>({
    severity: "warning",
    title: "An experiment cannot be compared",
    message: ({ experiment, base }) =>
      `\`${experiment}\` has errors at ${base}, so that what changes in it is not known; it counts as new`,
  }),
  "change/no-base-project": words<{ base: string }>({
    severity: "warning",
    title: "There is nothing to compare with",
    message: ({ base }) => `there is no readable \`project.yaml\` at ${base}: every experiment counts as new`,
  }),
  "base/no-repository": words<{ detail: string }>({
    severity: "error",
    title: "A base outside a repository",
    message: ({ detail }) => `the project is in no git repository${detail === "" ? "" : `: ${detail}`}`,
    help: () => "run `git init` and commit, or leave `--base` out",
  }),
  "base/unknown": words<{ ref: string }>({
    severity: "error",
    title: "A base that git does not know",
    message: ({ ref }) => `there is no commit \`${ref}\` in this repository`,
    help: () => "fetch it (`git fetch origin <branch>`) and name it as `origin/<branch>`",
  }),
  "base/shallow": words<{ ref: string }>({
    severity: "error",
    title: "A clone without the history that a comparison needs",
    message: ({ ref }) => `this clone is shallow: where \`${ref}\` and HEAD part cannot be found in it`,
    help: () => "run `git fetch --unshallow`; in GitHub Actions, give actions/checkout `fetch-depth: 0`",
  }),
  "base/unrelated": words<{ ref: string }>({
    severity: "error",
    title: "A base of another history",
    message: ({ ref }) => `\`${ref}\` and HEAD have no commit in common`,
    help: () => "name a branch that this one came from",
  }),
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
