import type { Terminal } from "./terminal.ts";

/** A stage of long work: what is being done, and how far it is. */
export interface Progress {
  readonly stage: string;
  /** 0 to 1; null while unknown. */
  readonly share?: number | null;
  readonly detail?: string;
}

export interface ProgressLine {
  show(progress: Progress): void;
  clear(): void;
}

const ESCAPE = "\u001b";
const REDRAW_MS = 80;

/** One line on stderr, redrawn in place where a person watches; nothing elsewhere. */
export function openProgressLine(terminal: Terminal): ProgressLine {
  let drawn = false;
  let last = 0;
  let stage = "";
  return {
    show(progress) {
      if (!terminal.watched) return;
      const now = performance.now();
      if (progress.stage === stage && now - last < REDRAW_MS) return;
      last = now;
      stage = progress.stage;
      process.stderr.write(`\r${ESCAPE}[2K${lineOf(progress, terminal.width)}`);
      drawn = true;
    },
    clear() {
      if (drawn) process.stderr.write(`\r${ESCAPE}[2K`);
      drawn = false;
    },
  };
}

function lineOf({ stage, share, detail }: Progress, width: number): string {
  const bar =
    share == null ? "" : ` ${"█".repeat(Math.round(share * 20)).padEnd(20, "░")} ${Math.round(share * 100)}%`;
  return `${stage}${bar}${detail ? `  ${detail}` : ""}`.slice(0, Math.max(20, width - 1));
}
