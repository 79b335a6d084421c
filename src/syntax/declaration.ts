import type {
  AudienceDocument,
  ExperimentDocument,
  MetricDocument,
  ProjectDocument,
} from "./generated/documents.ts";

/** One file's document, valid against its schema. Its key is the file's name. */
export interface Declaration<Document> {
  readonly key: string;
  /** Relative to the project's root folder, with forward slashes. */
  readonly file: string;
  readonly document: Document;
}

export interface ExperimentDeclaration extends Declaration<ExperimentDocument> {
  /** In `archive/`. */
  readonly archived: boolean;
  /** Keys of `variants` as in the file; an object begins with those that look like numbers. Absent: as in the document. */
  readonly variantOrder?: readonly string[];
}

/** All documents that could be read. Files with problems are absent; `project` is null when it is one of them. */
export interface Declarations {
  readonly project: Declaration<ProjectDocument> | null;
  readonly experiments: readonly ExperimentDeclaration[];
  readonly metrics: readonly Declaration<MetricDocument>[];
  readonly audiences: readonly Declaration<AudienceDocument>[];
  /** Keys of the files with problems, by kind, so that a reference to one of them is not reported as missing. */
  readonly broken: {
    readonly experiments: readonly string[];
    readonly metrics: readonly string[];
    readonly audiences: readonly string[];
  };
}
