import type { Project } from "../model/project.ts";
import type { Cell, FilledColumn } from "./table.ts";

/** The id columns of a source, for the project's units that it maps. */
export function unitColumns<Fact>(
  project: Project,
  mapped: Readonly<Record<string, string>>,
  cell: (fact: Fact, unitKey: string) => Cell,
): readonly FilledColumn<Fact>[] {
  return project.units
    .filter(({ key }) => Object.hasOwn(mapped, key))
    .map(({ key }) => ({ name: mapped[key]!, type: "string", cell: (fact) => cell(fact, key) }));
}
