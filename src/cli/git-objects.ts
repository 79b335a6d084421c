import { spawn } from "node:child_process";

/** Larger than any file that the language reads. */
const LARGEST = 1_000_000;

/**
 * The contents of blobs, by object id, in two calls of git however many there are. What is missing, no blob, or larger
 * than a file of the language may be is absent. simple-git has no standard input, which `--batch` reads from.
 */
export async function readBlobs(
  folder: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const unique = [...new Set(ids)].filter((id) => /^[0-9a-f]{40,64}$/.test(id));
  const sizes = (await catFile(folder, "--batch-check", unique)).toString("latin1").split("\n");
  const readable = sizes.flatMap((line) => {
    const { id, size } = headOf(line);
    return size !== null && size <= LARGEST ? [id] : [];
  });
  return blobsOf(await catFile(folder, "--batch", readable));
}

function catFile(folder: string, mode: "--batch" | "--batch-check", ids: readonly string[]): Promise<Buffer> {
  if (ids.length === 0) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve, reject) => {
    const git = spawn("git", ["cat-file", mode], { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
    const parts: Buffer[] = [];
    git.stdout.on("data", (part: Buffer) => parts.push(part));
    git.on("error", reject);
    git.on("close", (code) =>
      code === 0 ? resolve(Buffer.concat(parts)) : reject(new Error(`git cat-file ended with ${code}`)),
    );
    git.stdin.on("error", reject);
    git.stdin.end(`${ids.join("\n")}\n`);
  });
}

/** Each answer is `<id> blob <size>`, a line feed, that many bytes, a line feed. */
function blobsOf(output: Buffer): ReadonlyMap<string, Uint8Array> {
  const blobs = new Map<string, Uint8Array>();
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf("\n", start);
    const { id, size } = headOf(output.toString("latin1", start, end));
    if (size === null) {
      start = end + 1;
      continue;
    }
    blobs.set(id, output.subarray(end + 1, end + 1 + size));
    start = end + 1 + size + 1;
  }
  return blobs;
}

function headOf(line: string): { readonly id: string; readonly size: number | null } {
  const [id = "", kind, size] = line.split(" ");
  return { id, size: kind === "blob" ? Number(size) : null };
}
