import { type EmittedFile, HEADER, type ImportStyle, specifier } from "./source-file.ts";

/** What the machine gives to the runtime, which by itself knows no clock, no dice, no timers and no page. */
export function hostFile(style: ImportStyle): EmittedFile {
  return {
    path: "host.ts",
    text: HEADER + HOST.replace("./runtime/index", specifier("./runtime/index", style)),
  };
}

const HOST = `import type { ExperimentsOptions, ExposureLogOptions } from "./runtime/index";

/** What browsers, Node and others have in common, and what only some have. */
interface Host {
  setTimeout(task: () => void, delay: number): { unref?(): void };
  clearTimeout(timer: unknown): void;
  readonly document?: {
    readonly hidden: boolean;
    addEventListener(event: string, listener: () => void): void;
    removeEventListener(event: string, listener: () => void): void;
  };
  readonly process?: {
    once?(event: string, listener: () => void): void;
    off?(event: string, listener: () => void): void;
  };
}

const host = globalThis as unknown as Host;

type LogPorts = Required<Pick<ExposureLogOptions, "now" | "onLeave" | "random" | "schedule">>;
type Ports = LogPorts & Required<Pick<ExperimentsOptions, "limit" | "onLeave">>;

/** The ports of this machine: its clock, its dice, its timers, and word of when a page or a process goes. */
export function logPorts(): LogPorts {
  return { now: Date.now, random: Math.random, schedule, onLeave: listen };
}

/** Those of what can be closed, which gives back what it has taken. */
export function hostPorts(): Ports {
  return { ...logPorts(), limit, onLeave };
}

const schedule: LogPorts["schedule"] = (task, delay) => {
  host.setTimeout(task, delay).unref?.();
};

const limit: Ports["limit"] = (task, delay) => {
  const timer = host.setTimeout(task, delay);
  return () => host.clearTimeout(timer);
};

/** A page that is hidden may never come back; one that does has a new try. A process that is out of work waits. */
function listen(flush: Parameters<LogPorts["onLeave"]>[0]): () => void {
  const { document, process } = host;
  const leave = () => void flush({ leaving: document?.hidden });
  if (document) document.addEventListener("visibilitychange", leave);
  else process?.once?.("beforeExit", leave);
  return leave;
}

const onLeave: Ports["onLeave"] = (flush) => {
  const leave = listen(flush);
  return () => {
    host.document?.removeEventListener("visibilitychange", leave);
    host.process?.off?.("beforeExit", leave);
  };
};
`;
