import type { Json, ManifestExperiment, ParameterOperator } from "../runtime/manifest.ts";
import { docComment } from "./comment.ts";
import { quote } from "./literal.ts";
import { type EmittedFile, HEADER } from "./source-file.ts";

type FlagType = "Boolean" | "Number" | "Object" | "String";

/**
 * The keys of the OpenFeature flags by their types, as an augmentation of `@openfeature/core`: an experiment is a
 * string flag (its variant) and an object flag (its params), and each param a flag of its values' type.
 */
export function openFeatureKeys(entries: readonly ManifestExperiment[]): EmittedFile {
  const flags = entries.flatMap(flagsOf);
  const types = (["Boolean", "Number", "Object", "String"] as const).map((type) => {
    const keys = new Set(flags.filter((flag) => flag.type === type).map(({ key }) => key));
    const members = [...keys].sort().map((key) => `\n    | ${quote(key)}`);
    return `  export type ${type}FlagKey =${members.join("") || " never"};\n`;
  });
  const comment = docComment(["The flags of this project, so that OpenFeature's clients take no other key."]);
  return {
    path: "openfeature.d.ts",
    text: `${HEADER}export {};\n\n${comment}\ndeclare module "@openfeature/core" {\n${types.join("\n")}}\n`,
  };
}

interface Flag {
  readonly key: string;
  readonly type: FlagType;
}

function flagsOf({ key, variants, draw }: ManifestExperiment): readonly Flag[] {
  const given = variants.flatMap(({ params }) =>
    Object.entries(params).map(([name, value]) => ({ name, type: typeOf(value) })),
  );
  const drawn =
    draw.kind === "parameters"
      ? draw.parameters.flatMap(({ name, operator }) =>
          valuesOf(operator).map((value) => ({ name, type: typeOf(value) })),
        )
      : [];
  return [
    { key, type: "String" },
    { key, type: "Object" },
    ...[...given, ...drawn].map(({ name, type }) => ({ key: `${key}.${name}`, type })),
  ];
}

function valuesOf(operator: ParameterOperator): readonly Json[] {
  return operator.kind === "uniformChoice" || operator.kind === "weightedChoice" ? operator.choices : [0];
}

function typeOf(value: Json): FlagType {
  switch (typeof value) {
    case "boolean":
      return "Boolean";
    case "number":
      return "Number";
    case "string":
      return "String";
    default:
      return "Object";
  }
}
