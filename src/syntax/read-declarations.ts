import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { PROJECT_FILE } from "./classify.ts";
import type { Declaration, Declarations, ExperimentDeclaration } from "./declaration.ts";
import type { AudienceDocument, MetricDocument, ProjectDocument } from "./generated/documents.ts";
import type { LocatedTree, LocatedTrees } from "./located-tree.ts";
import { parse } from "./parse.ts";
import { type ReadFile, readFile } from "./read-file.ts";
import type { SourceFile } from "./source-file.ts";

export type { SourceFile } from "./source-file.ts";

export interface Reading {
  readonly declarations: Declarations;
  readonly diagnostics: readonly Diagnostic[];
  /** Of every file whose text is YAML, its document valid or not. */
  readonly trees: LocatedTrees;
  /** Of every YAML file; empty where a file is not text. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Reads all files of a project: each by itself, all problems collected. Never throws, whatever the files hold.
 *
 * @param read Reads one file; another than the default may know it already.
 */
export function readDeclarations(files: readonly SourceFile[], read: ReadFile = readFile): Reading {
  const diagnostics: Diagnostic[] = [];
  const trees = new Map<string, LocatedTree>();
  const texts = new Map<string, string>();
  let project: Declaration<ProjectDocument> | null = null;
  const experiments: ExperimentDeclaration[] = [];
  const metrics: Declaration<MetricDocument>[] = [];
  const audiences: Declaration<AudienceDocument>[] = [];
  const broken = { project: [], experiment: [], metric: [], audience: [] } satisfies Record<string, string[]>;

  for (const source of files) {
    const reading = read(source);
    if (reading === null) continue;
    const { file, key, archived, decoded } = reading;
    diagnostics.push(...reading.diagnostics);
    texts.set(file, reading.text);
    if (reading.tree !== null) trees.set(file, reading.tree);
    if (decoded === null) {
      if (reading.kind !== null) (broken[reading.kind] as string[]).push(key);
      continue;
    }
    switch (decoded.kind) {
      case "project":
        project = { key, file, document: decoded.document };
        break;
      case "experiment":
        experiments.push({
          key,
          file,
          document: decoded.document,
          archived,
          variantOrder: decoded.variantOrder,
        });
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
    trees: readingAgain(trees, texts),
    texts,
  };
}

/** Most files have no problem, and nobody asks for their trees: these are made from the text when somebody does. */
function readingAgain(kept: Map<string, LocatedTree>, texts: ReadonlyMap<string, string>): LocatedTrees {
  return {
    get(file) {
      const text = texts.get(file);
      const tree = kept.get(file) ?? (text === undefined ? null : parse(file, text).tree);
      if (tree !== null) kept.set(file, tree);
      return tree ?? undefined;
    },
  };
}
