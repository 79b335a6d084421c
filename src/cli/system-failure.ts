/** What a file system says no with, in words; whatever is not here is our own bug. */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EBUSY: "it is in use",
  EDQUOT: "the disk quota is used up",
  EEXIST: "something else is there already",
  EISDIR: "it is a folder, not a file",
  ELOOP: "its links lead in a circle",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
  ENOSPC: "no space is left on the disk",
  ENOTDIR: "a file is where a folder should be",
  EPERM: "not permitted",
  EROFS: "the disk can only be read",
};

/**
 * A line on what the machine refused, with the path; null where the error is none of that kind. That a file does
 * not exist is not among them: whoever reads a file knows whether it may be missing.
 */
export function systemFailure(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || path === undefined || !Object.hasOwn(WORDS, code)) return null;
  return `${path}: ${WORDS[code]} (${code}, ${syscall ?? "unknown call"})`;
}
