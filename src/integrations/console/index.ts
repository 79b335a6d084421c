import type { Sink } from "../../runtime/index.ts";

export interface ConsoleSinkOptions {
  /** Takes one line per message. Default `console.log`. */
  readonly print?: (line: string) => void;
  /** Default `console`. */
  readonly name?: string;
}

/** Prints each message as a line of JSON. */
export function consoleSink({
  name = "console",
  print = (globalThis as unknown as Host).console.log,
}: ConsoleSinkOptions = {}): Sink {
  return {
    name,
    send(batch) {
      for (const message of batch) print(JSON.stringify(message));
    },
  };
}

interface Host {
  readonly console: { readonly log: (line: string) => void };
}
