/** The commit of the files, with `+` behind it where `experiments/` has changes since; null outside a repository. */
export async function headCommit(root: string): Promise<string | null> {
  const { simpleGit } = await import("simple-git");
  const git = simpleGit({ baseDir: root });
  try {
    const commit = (await git.revparse(["HEAD"])).trim();
    const changed = await git.raw(["status", "--porcelain", "--", "experiments"]);
    return changed.trim() === "" ? commit : `${commit}+`;
  } catch {
    return null;
  }
}
