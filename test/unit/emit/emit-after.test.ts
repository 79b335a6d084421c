import { expect, test } from "vitest";
import { readProjectFiles } from "../../../src/cli/project-files.ts";
import {
  compile,
  createReader,
  emit,
  emitAfter,
  type Project,
  type SourceFile,
} from "../../../src/compile.ts";
import { plan } from "../../../src/plan/make-plan.ts";
import { repository } from "../../command-line.ts";
import { runtimeSources } from "./generated.ts";

const files = readProjectFiles(repository);
const payButton = files.find(({ path }) => path === "experiments/pay-button.yaml")!;
const readings = new Map<SourceFile, ReturnType<ReturnType<typeof createReader>>>();
const read = (source: SourceFile) => {
  const reading = readings.get(source) ?? createReader()(source);
  readings.set(source, reading);
  return reading;
};
const before = compile(files, read);
const emission = emitAfter(null, before.project!, before.plan!, runtimeSources, []);

test("an experiment whose names another one takes is emitted anew", () => {
  const added = { ...payButton, path: "experiments/pay-button-plan.yaml" };
  const after = compile([...files, added], read, before);
  const texts = (emitted: ReturnType<typeof emit>) =>
    Object.fromEntries(emitted.map(({ path, text }) => [path, text]));
  const step = texts(emitAfter(emission, after.project!, after.plan!, runtimeSources, []).files);
  expect(step).toEqual(texts(emit(after.project!, after.plan!, runtimeSources)));
  expect(step["experiments/pay-button.ts"]).toContain("payButtonPlan2");
});

test("nothing is taken over into other surroundings, though the experiments be the same", () => {
  const { project, plan: planned } = before;
  const other: Project = { ...project!, holdout: null, emit: { ...project!.emit, imports: "none" } };
  expect(project!.holdout).not.toBeNull();
  const replanned = plan(other, { project: project!, plan: planned! });
  expect(replanned).toEqual(plan(other));
  expect(replanned).not.toEqual(planned);
  expect(emitAfter(emission, other, replanned, runtimeSources, []).files).toEqual(
    emit(other, plan(other), runtimeSources),
  );
});

test("what is the same in both is the same object", () => {
  const changed = { path: payButton.path, text: textOf(payButton).replace("name:", "name: New") };
  const after = compile(
    files.map((file) => (file === payButton ? changed : file)),
    read,
    before,
  );
  const kept = after.project!.experiments.filter((experiment) =>
    before.project!.experiments.includes(experiment),
  );
  expect(kept).toHaveLength(before.project!.experiments.length - 1);
  const plans = after.plan!.experiments.filter((each) => before.plan!.experiments.includes(each));
  expect(plans).toHaveLength(kept.length);
});

function textOf(file: SourceFile): string {
  return "bytes" in file ? new TextDecoder().decode(file.bytes) : file.text;
}
