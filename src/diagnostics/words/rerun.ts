import { words } from "../words.ts";

/** Problems of an analysis by an earlier plan. */
export const rerunWords = {
  "rerun/no-repository": words<{ detail: string }>({
    severity: "error",
    title: "An earlier plan outside a repository",
    message: ({ detail }) => `the project is in no git repository${detail === "" ? "" : `: ${detail}`}`,
    help: () => "leave `--spec` out to analyse by the files as they are",
  }),
  "rerun/unknown-commit": words<{ ref: string; clone: "shallow" | "whole" }>({
    severity: "error",
    title: "An earlier plan at a commit that git does not know",
    message: ({ ref }) => `there is no commit \`${ref}\` in this repository`,
    help: ({ clone }) =>
      clone === "shallow"
        ? "this clone is shallow: run `git fetch --unshallow`"
        : "name a commit, a tag or a branch; `git log -- experiments` lists those that changed a plan",
  }),
  "rerun/no-project": words<{ ref: string; commit: string }>({
    severity: "error",
    title: "A commit before the project",
    message: ({ ref, commit }) => `\`${ref}\` (${commit}) has no \`experiments/project.yaml\` here`,
    help: () => "name a later commit",
  }),
  "rerun/no-iteration": words<{ experiment: string; iteration: number; present: number; why: string }>({
    severity: "error",
    title: "The plan of an earlier iteration is not found",
    message: ({ experiment, iteration, present, why }) =>
      `\`${experiment}\` is at iteration ${present}, and ${why} has it at iteration ${iteration}`,
    help: () => "name the commit of its plan with `--spec <ref>`",
  }),
  "rerun/no-evidence": words<{ experiment: string; spec: string; iteration: number; why: string }>({
    severity: "warning",
    title: "The plan that a decision rests on is not found",
    message: ({ experiment, spec, iteration, why }) =>
      `\`${experiment}\` was decided by the plan ${spec.slice(0, 12)} of iteration ${iteration}, and ${why} has it; the plan as it is now is used`,
    help: () => "name the commit of that plan with `--spec <ref>`, or correct `decision.evidence`",
  }),
};
