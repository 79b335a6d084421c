import type { Project } from "../model/project.ts";
import type { Journey } from "./journey.ts";
import type { FilledColumn } from "./table.ts";

/** What units were when they were exposed: a column per attribute, of the same name. */
export function attributeColumns<Fact extends { readonly journey: Journey }>(
  { attributes }: Project,
  names: readonly string[],
): readonly FilledColumn<Fact>[] {
  return names.map((name) => {
    const type = attributes.find(({ key }) => key === name)?.type;
    return {
      name,
      type: type === "number" ? "double" : type === "boolean" ? "boolean" : "string",
      cell: ({ journey }) => {
        const value = journey.context[name] ?? null;
        return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
      },
    };
  });
}
