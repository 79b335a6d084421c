import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

/** A file that only grows, made when it is first needed. */
export interface Appender {
  /** Resolves when the operating system has all of the text, and rejects when it has none. */
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

export function createAppender(path: string): Appender {
  let opening: Promise<FileHandle> | null = null;

  async function opened(): Promise<FileHandle> {
    opening ??= mkdir(dirname(path), { recursive: true }).then(() => open(path, "a"));
    try {
      return await opening;
    } catch (error) {
      opening = null;
      throw error;
    }
  }

  return {
    async append(text) {
      if (text === "") return;
      const file = await opened();
      const bytes = Buffer.from(text);
      let written = 0;
      try {
        while (written < bytes.length) written += (await file.write(bytes, written)).bytesWritten;
      } catch (error) {
        if (written > 0) await takeBack(file, written);
        throw error;
      }
    },
    async close() {
      await (await opening)?.close();
      opening = null;
    },
  };
}

/** On a full disk a row may be there in part, which would spoil the file for its readers. */
async function takeBack(file: FileHandle, bytes: number): Promise<void> {
  const { size } = await file.stat();
  await file.truncate(size - bytes);
}
