import type { Project } from "./project.ts";

/** Whether two projects hold the very same values in all but their experiments. */
export function surroundAlike(left: Project, right: Project): boolean {
  const names = Object.keys(left) as (keyof Project)[];
  return names.every((name) => name === "experiments" || left[name] === right[name]);
}
