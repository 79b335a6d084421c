import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** The project's root folder below that of its git repository, with a slash behind it; empty where both are one, or there is none. */
export function folderInRepository(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) {
      const path = relative(folder, root).split(sep).join("/");
      return path === "" ? "" : `${path}/`;
    }
    if (dirname(folder) === folder) return "";
  }
}
