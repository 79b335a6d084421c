import type { Project } from "../model/project.ts";
import type { Plan } from "../plan/plan.ts";
import { renderDocument } from "./page/document.ts";
import { entriesOf } from "./page/entry.ts";
import { experimentPage, type Outcome } from "./page/experiment-page.ts";
import { indexPage } from "./page/index-page.ts";
import { pagePath } from "./page/page-path.ts";

export interface SiteInput {
  readonly project: Project;
  readonly plan: Plan;
  /** By key of experiment: its Analysis, or the lines that say why it could not be made. Drafts need none. */
  readonly analyses: ReadonlyMap<string, Outcome>;
  readonly toolVersion: string;
  /** SHA-256 of a text's UTF-8 bytes, in base64. */
  digest(text: string): string;
}

/** A file of the site; `path` is relative to the site's root, with forward slashes. */
export interface SiteFile {
  readonly path: string;
  readonly text: string;
}

/** The whole site: an index, and a page per experiment. Every page stands alone: no script, no other file. */
export function renderSite({ project, plan, analyses, toolVersion, digest }: SiteInput): readonly SiteFile[] {
  const frame = { project: project.name, toolVersion, digest };
  const entries = entriesOf(project, plan, analyses);
  const index = renderDocument(
    { ...frame, title: `${project.name}: experiments`, home: "index.html", isHome: true },
    indexPage(project, entries),
  );
  const pages = entries.map(({ experiment, plan: planned }) => ({
    path: pagePath(experiment.key),
    text: renderDocument(
      { ...frame, title: `${experiment.name}: ${project.name}`, home: "../index.html", isHome: false },
      experimentPage(experiment, planned, analyses.get(experiment.key)),
    ),
  }));
  return [{ path: "index.html", text: index }, ...pages.sort((a, b) => (a.path < b.path ? -1 : 1))];
}
