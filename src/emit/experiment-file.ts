import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import { armsOf } from "../runtime/cell.ts";
import type { ManifestExperiment, ManifestVariant } from "../runtime/manifest.ts";
import { commentText, docComment } from "./comment.ts";
import { contextInterface } from "./context-type.ts";
import { drawCode, parameterType } from "./draw-code.ts";
import { type Code, layOut } from "./layout.ts";
import { integer, propertyName, quote, typeCode, valueCode } from "./literal.ts";
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
  entry: ManifestExperiment,
): EmittedFile {
  const file = createSourceFile("../runtime/index", project.emit.imports);
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
  shipped: ManifestVariant | null,
  name: string,
  file: SourceFile,
): string {
  if (shipped) return layOut([`export type ${name} = `, giving("ShippedArm", shipped, file), ";"], 0, 0);
  const members = [...assignedTypes(entry, file), ...unassignedTypes(entry, file)];
  return `export type ${name} =${members.map((member) => `\n  | ${layOut(member, 4, 4)}`).join("")};`;
}

function assignedTypes(entry: ManifestExperiment, file: SourceFile): readonly Code[] {
  const { draw, variants } = entry;
  if (draw.kind === "variants" || variants.length > 0)
    return variants.map((variant) => giving("AssignedArm", variant, file));
  const items = draw.parameters.map(
    (parameter) => `readonly ${propertyName(parameter.name)}: ${parameterType(parameter)}`,
  );
  const params: Code = { open: "{", items, separator: ";", close: "}" };
  return [[`${file.type("AssignedArm")}<string, `, params, ">"]];
}

/** Who has no variant gets the default's params, and who has a dropped one the control's. */
function unassignedTypes(entry: ManifestExperiment, file: SourceFile): readonly Code[] {
  const dropped = entry.variants.some((variant) => variant.dropped);
  const keys = new Set(dropped ? [entry.default, entry.control] : [entry.default]);
  return [...keys].map((name) => {
    const params = armsOf(entry).find(({ key }) => key === name)?.params ?? {};
    return [`${file.type("UnassignedArm")}<`, typeCode(params), ">"];
  });
}

function giving(
  type: "AssignedArm" | "ShippedArm",
  { key, params }: ManifestVariant,
  file: SourceFile,
): Code {
  return [`${file.type(type)}<${quote(key)}, `, typeCode(params), ">"];
}

function definitionCode(entry: ManifestExperiment, file: SourceFile): string {
  const arms = armsOf(entry);
  const indexOf = (name: string) => arms.findIndex(({ key }) => key === name);
  const fallback = indexOf(entry.default);
  const settle = settleCode(entry, file);
  const definition = call(file.value("defineExperiment"), [
    ...identity(entry),
    ...(entry.exposure === "assignment" ? [] : [["exposure: ", valueCode(entry.exposure)]]),
    ["attributes: ", valueCode(entry.attributes)],
    ...(settle === null ? [] : [settle]),
    ...drawCode(entry, arms, file),
    ["variants: ", variantsCode(arms)],
    ...(fallback === 0 ? [] : [`default: ${fallback}`]),
  ]);
  const dropped = arms.flatMap((variant, index) => (variant.dropped ? index : []));
  if (dropped.length === 0) return definition;
  const list = `[${dropped.join(", ")}]`;
  return `${file.value("dropVariants")}(/* @__PURE__ */ ${definition}, ${indexOf(entry.control)}, ${list})`;
}

function shippedCode(entry: ManifestExperiment, shipped: ManifestVariant, file: SourceFile): string {
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

function variantsCode(arms: readonly ManifestVariant[]): Code {
  const items = arms.map(({ key, share, params }) => ({
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
