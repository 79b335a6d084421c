import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { PROJECT_FILE } from "./classify.ts";
import type { Declaration, Declarations, ExperimentDeclaration } from "./declaration.ts";
import type { AudienceDocument, MetricDocument, ProjectDocument } from "./generated/documents.ts";
import type { LocatedTree } from "./located-tree.ts";
import { readFile } from "./read-file.ts";
import type { SourceFile } from "./source-file.ts";

export type { SourceFile } from "./source-file.ts";

export interface Reading {
  readonly declarations: Declarations;
  readonly diagnostics: readonly Diagnostic[];
  /** Of every file whose text is YAML, its document valid or not. */
  readonly trees: ReadonlyMap<string, LocatedTree>;
  /** Of every YAML file; empty where a file is not text. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads all files of a project: each by itself, all problems collected. Never throws, whatever the files hold. */
export function readDeclarations(files: readonly SourceFile[]): Reading {
  const diagnostics: Diagnostic[] = [];
  const trees = new Map<string, LocatedTree>();
  const texts = new Map<string, string>();
  let project: Declaration<ProjectDocument> | null = null;
  const experiments: ExperimentDeclaration[] = [];
  const metrics: Declaration<MetricDocument>[] = [];
  const audiences: Declaration<AudienceDocument>[] = [];
  const broken = { project: [], experiment: [], metric: [], audience: [] } satisfies Record<string, string[]>;

  for (const source of files) {
    const read = readFile(source);
    if (read === null) continue;
    const { file, key, archived, decoded } = read;
    diagnostics.push(...read.diagnostics);
    texts.set(file, read.text);
    if (read.tree !== null) trees.set(file, read.tree);
    if (decoded === null) {
      if (read.kind !== null) (broken[read.kind] as string[]).push(key);
      continue;
    }
    switch (decoded.kind) {
      case "project":
        project = { key, file, document: decoded.document };
        break;
      case "experiment":
        experiments.push({ key, file, document: decoded.document, archived });
        break;
      case "metric":
        metrics.push({ key, file, document: decoded.document });
        break;
      case "audience":
        audiences.push({ key, file, document: decoded.document });
        break;
    }
  }

  if (!files.some(({ path }) => path === PROJECT_FILE)) {
    diagnostics.push(diagnose("file/no-project", { file: PROJECT_FILE }, {}));
  }
  return {
    declarations: {
      project,
      experiments,
      metrics,
      audiences,
      broken: { experiments: broken.experiment, metrics: broken.metric, audiences: broken.audience },
    },
    diagnostics,
    trees,
    texts,
  };
}
