import { existsSync, readFileSync } from "node:fs";

export interface ReferenceCase<Input, Expected> {
  readonly input: Input;
  readonly expected: Expected;
}

const FILE = new URL("../../../../shared/reference/statistics-cases.json", import.meta.url);

/** The reference cases of a method; none, and a warning, where the file is absent. */
export function referenceCases<Input, Expected>(method: string): readonly ReferenceCase<Input, Expected>[] {
  if (!existsSync(FILE)) {
    console.warn(`${method}: skipped, there is no ${FILE.pathname}`);
    return [];
  }
  return JSON.parse(readFileSync(FILE, "utf8"))[method].cases;
}
