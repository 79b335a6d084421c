import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Emission } from "../compile.ts";
import { EXIT, type ExitCode } from "./exit.ts";
import { hasErrors, tell } from "./load-project.ts";
import { integrationSources, runtimeSources } from "./package.ts";
import { findRoot } from "./project-files.ts";
import type { Terminal } from "./terminal.ts";
import { watchFolder } from "./watch-folder.ts";
import { compareFolder, foreignFiles, type OutputFile } from "./write-folder.ts";

/** What became of one build. */
interface Rebuild {
  readonly errors: number;
  /** Written or removed, relative to the folder. */
  readonly files: readonly string[];
  readonly milliseconds: number;
}

/**
 * Builds, and builds again whenever a file changes, until Ctrl-C. Errors are told and waited out. Files that
 * stay as they are are not touched, so that bundlers which watch them rest; those that somebody else changes are mended.
 */
export async function watchBuild(
  options: { readonly cwd: string; readonly folder: string; readonly mark: string; readonly format: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const root = findRoot(options.cwd);
  const folder = join(root, options.folder);
  const [{ emitAfter }, { openWatchedProject }] = await Promise.all([
    import("../compile.ts"),
    import("./watched-project.ts"),
  ]);
  const watched = await openWatchedProject(root);
  const runtime = runtimeSources();
  /** Warnings of the last build, which are not told again. */
  let told: ReadonlySet<string> = new Set();
  let standing: ReadonlyMap<string, string> | null = null;
  let emission: Emission | null = null;

  function rebuild(changed: ReadonlySet<string> | null): Rebuild {
    const begun = performance.now();
    const compilation = watched.compile(changed);
    const { project, plan, diagnostics } = compilation;
    const serious = diagnostics.filter(({ severity }) => severity !== "note");
    const telling = serious.filter(
      ({ severity, ...said }) => severity === "error" || !told.has(JSON.stringify(said)),
    );
    told = new Set(
      serious.map(({ severity, ...said }) => (severity === "error" ? "" : JSON.stringify(said))),
    );
    if (telling.length > 0) tell(telling, compilation, terminal);
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    const elapsed = () => Math.round(performance.now() - begun);
    if (!project || !plan || hasErrors(diagnostics)) return { errors, files: [], milliseconds: elapsed() };
    emission = emitAfter(emission, project, plan, runtime, integrationSources(project));
    const emitted = emission.files;
    const { files, foreign, madeFolders } = replace(folder, emitted, standing, options.mark);
    if (madeFolders) unguard();
    for (const path of foreign)
      terminal.log(`error: ${options.folder}/${path} was not written by fairtrial; move it elsewhere`);
    standing = new Map(emitted.map(({ path, text }) => [path, text]));
    return { errors: foreign.length, files, milliseconds: elapsed() };
  }

  /** Puts right what somebody else did to the files that stand. */
  function mend(changed: ReadonlySet<string> | null): Rebuild | null {
    const begun = performance.now();
    if (standing === null) return null;
    const all = changed === null || !existsSync(folder);
    const looked = all
      ? standing.keys()
      : [...changed].map((path) => relative(folder, path).split(sep).join("/"));
    const spoilt = [...looked].flatMap((path) => {
      const text = standing?.get(path);
      return text === undefined || isText(join(folder, path), text) ? [] : [{ path, text }];
    });
    if (put(folder, spoilt)) unguard();
    if (spoilt.length === 0) return null;
    const milliseconds = Math.round(performance.now() - begun);
    return { errors: 0, files: spoilt.map(({ path }) => path), milliseconds };
  }

  function report({ errors, files, milliseconds }: Rebuild): void {
    if (options.format === "json")
      terminal.print(
        JSON.stringify({ formatVersion: 1, folder: options.folder, errors, files, milliseconds }),
      );
    else if (errors > 0)
      terminal.log(`${errors === 1 ? "1 error" : `${errors} errors`}; waiting for changes`);
    else terminal.print(`✓ ${describe(files, options.folder)} in ${milliseconds} ms; waiting for changes`);
  }

  /** On the folder that is written; null where there is none, or another one by now. */
  let guard: ReturnType<typeof watchFolder> | null = null;

  function unguard() {
    guard?.close();
    guard = null;
  }

  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      // Files may go between being listed and being read; the change that took them is told next.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") stop(() => reject(error));
    };
    const build = (changed: ReadonlySet<string> | null) => {
      const rebuilt = rebuild(changed);
      if (standing !== null) guard ??= watchFolder(folder, guarded, fail);
      report(rebuilt);
    };
    const guarded = (changed: ReadonlySet<string> | null) => {
      const mended = mend(changed);
      guard ??= watchFolder(folder, guarded, fail);
      if (mended !== null) report(mended);
    };
    const watch = watchFolder(join(root, "experiments"), build, fail);
    const done = () => stop(() => resolve(EXIT.done));
    function stop(end: () => void) {
      watch.close();
      unguard();
      process.off("SIGINT", done).off("SIGTERM", done);
      end();
    }
    process.on("SIGINT", done).on("SIGTERM", done);
    try {
      build(null);
    } catch (error) {
      stop(() => reject(error));
    }
  });
}

/** Puts each changed file in place by itself, and takes away what is no longer emitted. */
function replace(
  folder: string,
  emitted: readonly OutputFile[],
  standing: ReadonlyMap<string, string> | null,
  mark: string,
): { readonly files: readonly string[]; readonly foreign: readonly string[]; readonly madeFolders: boolean } {
  const wanted = new Set(emitted.map(({ path }) => path));
  const difference = standing === null ? compareFolder(folder, emitted) : null;
  const stale = new Set(difference ? [...difference.missing, ...difference.changed] : []);
  const changed = emitted.filter(({ path, text }) =>
    standing ? standing.get(path) !== text : stale.has(path),
  );
  const extra = difference?.extra ?? [...(standing?.keys() ?? [])].filter((path) => !wanted.has(path));
  const foreign = standing === null ? foreignFiles(folder, extra, mark) : [];
  const madeFolders = put(folder, changed);
  const removed = extra.filter((path) => !foreign.includes(path));
  for (const path of removed) rmSync(join(folder, path), { force: true });
  return { files: [...changed.map(({ path }) => path), ...removed], foreign, madeFolders };
}

/** Writes each of the files at once; whether there were folders to be made. */
function put(folder: string, files: readonly OutputFile[]): boolean {
  let made = false;
  for (const { path, text } of files) {
    const target = join(folder, path);
    const staged = `${target}.${randomUUID()}.new`;
    if (mkdirSync(dirname(target), { recursive: true }) !== undefined) made = true;
    writeFileSync(staged, text);
    renameSync(staged, target);
  }
  return made;
}

function isText(path: string, text: string): boolean {
  return existsSync(path) && readFileSync(path, "utf8") === text;
}

function describe(files: readonly string[], folder: string): string {
  if (files.length === 0) return `${folder}/ is as the files say`;
  return files.length <= 3
    ? files.map((path) => `${folder}/${path}`).join(", ")
    : `${files.length} files of ${folder}/`;
}
