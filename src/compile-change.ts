import { checkChange } from "./check/change-rules.ts";
import { type Compilation, compile } from "./compile.ts";
import { diagnose } from "./diagnostics/diagnose.ts";
import type { Diagnostic, LocatedDiagnostic } from "./diagnostics/diagnostic.ts";
import { foremost } from "./diagnostics/foremost.ts";
import type { Path } from "./diagnostics/place.ts";
import type { Experiment } from "./model/experiment.ts";
import type { Project } from "./model/project.ts";
import type { ChangePlan, Population } from "./plan/change-plan.ts";
import { plan } from "./plan/make-plan.ts";
import { onlyStops } from "./plan/only-stops.ts";
import { planChange, type Version } from "./plan/plan-change.ts";
import { namedAudiences } from "./resolve/named-audiences.ts";
import { resolve } from "./resolve/resolve.ts";
import { classify } from "./syntax/classify.ts";
import type { ExperimentDeclaration } from "./syntax/declaration.ts";
import { locate } from "./syntax/locate.ts";
import { childOf, type LocatedNode } from "./syntax/located-tree.ts";
import { type Reading, readDeclarations, type SourceFile } from "./syntax/read-declarations.ts";
import { createReader, type FileReading, type ReadFile } from "./syntax/read-file.ts";

/** The files of a change: as they are, and as they were at a commit. */
export interface ChangeFiles {
  readonly head: readonly SourceFile[];
  /** A file that is the same as in the head may be the same object; it is then read once. */
  readonly base: readonly SourceFile[];
  /** Names the base for people, as in `1a2b3c4:experiments/project.yaml`. */
  readonly baseName: string;
}

export interface ChangeCompilation {
  readonly head: Compilation;
  /** Null where the head's project cannot be read. */
  readonly change: ChangePlan | null;
  /** Judgements on the change; their places may be in files of the base. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** Texts of the head by path, and of the base by `<base name>:<path>`. */
  readonly texts: ReadonlyMap<string, string>;
  /** Where the change does nothing but stop or drop experiments: their keys. Null for every other change. */
  readonly stops: readonly string[] | null;
  /** Errors in the head's files that keep the change from passing: all, or where it only stops, those in its own files. */
  readonly errors: readonly LocatedDiagnostic[];
}

/**
 * Compiles both versions, plans the change from one to the other, and judges it. Errors of the base are nobody's here.
 *
 * @param readOne Reads one file; another than the default may know it already.
 */
export function compileChange(
  files: ChangeFiles,
  population: Population,
  readOne: ReadFile = createReader(),
): ChangeCompilation {
  const read = readOnce(readOne);
  const head = compile(files.head, read);
  const base = readDeclarations(files.base, read);
  const versions = {
    before: versionOf(base, resolve(base.declarations, head.resolution).project),
    after: versionOf(head.reading, head.project),
  };
  const change =
    versions.after && planChange(versions.before ?? nothing(versions.after), versions.after, population);
  const touched = touchedFiles(base, head.reading);
  const stops = stopsOf(touched, base, head.reading);
  const diagnostics: Diagnostic[] = [];
  if (versions.before === null && head.project !== null)
    diagnostics.push(
      diagnose("change/no-base-project", { file: head.project.file }, { base: files.baseName }),
    );
  if (change && versions.before && versions.after)
    diagnostics.push(
      ...checkChange(change, {
        before: versions.before.project,
        after: versions.after.project,
        base: files.baseName,
        holds: (file, path) => holds(head.reading, file, path),
        holdsAtBase: (file, path) => holds(base, file, path),
        changedAudiences: (experiment) => changedAudiences(experiment, head.reading, touched),
      }),
    );
  const named = (file: string) => `${files.baseName}:${file}`;
  const baseTexts = [...base.texts].map(([file, text]) => [named(file), text] as const);
  const prefix = named("");
  return {
    head,
    change,
    diagnostics: foremost(
      locate(diagnostics, {
        get: (file) =>
          file.startsWith(prefix) ? base.trees.get(file.slice(prefix.length)) : head.reading.trees.get(file),
      }),
    ),
    texts: new Map([...head.texts, ...baseTexts]),
    stops,
    errors: head.diagnostics.filter(
      ({ severity, place }) => severity === "error" && (stops === null || touched.has(place.file)),
    ),
  };
}

/** A reader that reads the same file once. */
function readOnce(readFile: ReadFile): ReadFile {
  const readings = new Map<SourceFile, FileReading | null>();
  return (source) => {
    const known = readings.get(source);
    if (known !== undefined) return known;
    const reading = readFile(source);
    readings.set(source, reading);
    return reading;
  };
}

function versionOf({ declarations }: Reading, project: Project | null): Version | null {
  if (project === null) return null;
  const resolved = new Set(project.experiments.map(({ key }) => key));
  const present = [...declarations.experiments.map(({ key }) => key), ...declarations.broken.experiments];
  return { project, plan: plan(project), unread: present.filter((key) => !resolved.has(key)) };
}

/** Before the first experiment. */
function nothing({ project }: Version): Version {
  const empty: Project = { ...project, experiments: [] };
  return { project: empty, plan: plan(empty), unread: [] };
}

/** Paths of the files that are not the same in both, on either side. */
function touchedFiles(base: Reading, head: Reading): ReadonlySet<string> {
  const paths = [...base.texts.keys(), ...head.texts.keys()];
  return new Set(paths.filter((path) => base.texts.get(path) !== head.texts.get(path)));
}

/** By documents alone, so that a broken file elsewhere cannot keep an experiment from being stopped. */
function stopsOf(touched: ReadonlySet<string>, base: Reading, head: Reading): readonly string[] | null {
  const keys = [...touched].map((path) => {
    const classified = classify(path);
    return classified?.kind === "experiment" ? classified.key : null;
  });
  const before = declaredByKey(base);
  const after = declaredByKey(head);
  const stops = keys.every((key) => {
    if (key === null || head.declarations.broken.experiments.includes(key)) return false;
    const [then, now] = [before.get(key), after.get(key)];
    return now === undefined || (then !== undefined && onlyStops(then, now));
  });
  return stops && keys.length > 0 ? [...new Set(keys.filter((key) => key !== null))].sort() : null;
}

function declaredByKey({ declarations }: Reading): ReadonlyMap<string, ExperimentDeclaration> {
  return new Map(declarations.experiments.map((declaration) => [declaration.key, declaration]));
}

function holds({ trees }: Reading, file: string, path: Path): boolean {
  let node: LocatedNode | undefined = trees.get(file)?.root;
  for (const step of path) node = node && childOf(node, step);
  return node !== undefined;
}

function changedAudiences(
  { key }: Experiment,
  head: Reading,
  touched: ReadonlySet<string>,
): readonly string[] {
  const audience = declaredByKey(head).get(key)?.document.audience;
  const named = namedAudiences(audience, head.declarations);
  return head.declarations.audiences
    .filter(({ key, file }) => named.has(key) && touched.has(file))
    .map(({ file }) => file);
}

export type { Population };
