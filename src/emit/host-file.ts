import { type EmittedFile, HEADER, type ImportStyle, specifier } from "./source-file.ts";

/** What the machine gives to the runtime, which by itself knows no clock, no dice, no timers and no page. */
export function hostFile(style: ImportStyle): EmittedFile {
  return {
    path: "host.ts",
    text: HEADER + HOST.replace("./runtime/index", specifier("./runtime/index", style)),
  };
}

const HOST = `import type { ExperimentsOptions, Schedule } from "./runtime/index";

/** What browsers, Node and others have in common, and what only some have. */
interface Host {
  setTimeout(task: () => void, delay: number): { unref?(): void };
  clearTimeout(timer: unknown): void;
  readonly document?: {
    readonly visibilityState: string;
    addEventListener(event: string, listener: () => void): void;
    removeEventListener(event: string, listener: () => void): void;
  };
  readonly process?: {
    once?(event: string, listener: () => void): void;
    off?(event: string, listener: () => void): void;
  };
}

/** The ports of this machine: its clock, its dice, its timers, and word of when a page or a process goes. */
export function hostPorts(): Required<
  Pick<ExperimentsOptions, "now" | "onLeave" | "random" | "schedule">
> {
  return { now: Date.now, random: Math.random, schedule, onLeave };
}

const schedule: Schedule = (task, delay, binding) => {
  const host = globalThis as unknown as Host;
  const timer = host.setTimeout(task, delay);
  if (!binding) timer.unref?.();
  return () => host.clearTimeout(timer);
};

/** A page that is hidden may never come back; one that does has a new try. A process that is out of work waits. */
const onLeave: NonNullable<ExperimentsOptions["onLeave"]> = (flush) => {
  const { document, process } = globalThis as unknown as Host;
  const leave = () => void flush({ leaving: document?.visibilityState === "hidden" });
  if (document) document.addEventListener("visibilitychange", leave);
  else process?.once?.("beforeExit", leave);
  return () => {
    document?.removeEventListener("visibilitychange", leave);
    process?.off?.("beforeExit", leave);
  };
};
`;
