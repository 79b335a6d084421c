import type { Experiment } from "../model/experiment.ts";
import { manifestEntry } from "../model/manifest.ts";
import type { Project } from "../model/project.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import { hash } from "../runtime/hash.ts";
import type { ManifestExperiment } from "../runtime/manifest.ts";
import { commentText, docComment } from "./comment.ts";
import { contextInterface } from "./context-type.ts";
import { type Code, layOut } from "./layout.ts";
import { integer, quote, typeCode, valueCode } from "./literal.ts";
import type { ExperimentNames } from "./names.ts";
import { planCode } from "./plan-code.ts";
import { settleCode } from "./settle-code.ts";
import { createSourceFile, type EmittedFile, type SourceFile } from "./source-file.ts";

/** Room for what follows the type on its line. */
const DEFINITION_WIDTH = " = /* @__PURE__ */ defineExperiment({".length;

/** The file of one experiment: what it asks, what it gives, the constant, and its plan beside it. */
export function experimentFile(
  experiment: Experiment,
  project: Project,
  plan: ExperimentPlan | null,
  names: ExperimentNames,
): EmittedFile {
  const file = createSourceFile("../runtime/index", project.emit.imports);
  const entry = manifestEntry(experiment, project);
  const shipped = entry.variants.find(({ key }) => key === entry.shipped) ?? null;
  file.add(contextInterface(experiment, project, names));
  file.add(armType(entry, shipped, names.arm, file));
  const definition = shipped ? shippedCode(entry, shipped, file) : definitionCode(entry, file);
  file.add(`${description(experiment)}\n${declaration(names, file)} = /* @__PURE__ */ ${definition};`);
  if (plan) file.add(planCode(experiment, plan, names));
  return { path: `experiments/${experiment.key}.ts`, text: file.print() };
}

function declaration({ value, arm, context }: ExperimentNames, file: SourceFile): string {
  const type = { open: "<", items: [arm, context], separator: ",", close: ">" } as const;
  return layOut([`export const ${value}: ${file.type("Experiment")}`, type], 0, DEFINITION_WIDTH);
}

function description(experiment: Experiment): string {
  const { decision, owner, removeBy, status, iteration } = experiment;
  const facts = [...(owner ? [`Owner: ${owner}.`] : []), `Status: ${status}, iteration ${iteration}.`].join(
    " ",
  );
  const tags =
    status === "concluded" && decision
      ? [
          `@deprecated ${commentText(`Everybody gets ${decision.ship} since ${decision.date}${removeBy ? `; remove this by ${removeBy}` : ""}.`)}`,
        ]
      : [];
  return docComment([experiment.name, experiment.description ?? "", facts], tags);
}

function armType(
  entry: ManifestExperiment,
  shipped: ManifestExperiment["variants"][number] | null,
  name: string,
  file: SourceFile,
): string {
  if (shipped) return layOut([`export type ${name} = `, giving("ShippedArm", shipped, file), ";"], 0, 0);
  const fallback = entry.variants.find(({ key }) => key === entry.default);
  const members = [
    ...entry.variants.map((variant) => giving("AssignedArm", variant, file)),
    [`${file.type("UnassignedArm")}<`, typeCode(fallback?.params ?? {}), ">"],
  ];
  return `export type ${name} =${members.map((member) => `\n  | ${layOut(member, 4, 4)}`).join("")};`;
}

function giving(
  type: "AssignedArm" | "ShippedArm",
  { key, params }: ManifestExperiment["variants"][number],
  file: SourceFile,
): Code {
  return [`${file.type(type)}<${quote(key)}, `, typeCode(params), ">"];
}

function definitionCode(entry: ManifestExperiment, file: SourceFile): string {
  return call(file.value("defineExperiment"), [
    ...identity(entry),
    ["exposure: ", quote(entry.exposure)],
    ["attributes: ", valueCode(entry.attributes)],
    settleCode(entry, file) ?? "settle: null",
    `salt: ${hash(entry.salt)}`,
    ["variants: ", variantsCode(entry)],
    `default: ${entry.variants.findIndex(({ key }) => key === entry.default)}`,
  ]);
}

function shippedCode(
  entry: ManifestExperiment,
  shipped: ManifestExperiment["variants"][number],
  file: SourceFile,
): string {
  return call(file.value("shipExperiment"), [
    ...identity(entry),
    ["variant: ", valueCode({ key: shipped.key, params: shipped.params })],
  ]);
}

function identity({ key, iteration, unit }: ManifestExperiment): readonly Code[] {
  return [
    `key: ${quote(key)}`,
    `iteration: ${iteration}`,
    ["unit: ", valueCode({ key: unit.key, id: unit.id })],
  ];
}

function variantsCode({ variants }: ManifestExperiment): Code {
  const items = variants.map(({ key, share, params }) => ({
    open: "{",
    items: [`key: ${quote(key)}`, `share: ${integer(share)}`, ["params: ", valueCode(params)]],
    separator: "," as const,
    close: "}",
  }));
  return { open: "[", items, separator: ",", close: "]" };
}

function call(name: string, members: readonly Code[]): string {
  const lines = members.map((member) => `  ${layOut(member, 2, 2)},\n`);
  return `${name}({\n${lines.join("")}})`;
}
