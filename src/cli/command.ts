import type { Command } from "commander";
import type { ExitCode } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** A command: its words for commander, and what it does. Its action hands its exit code to `finish`. */
export type CommandFactory = (terminal: Terminal, finish: (code: ExitCode) => void) => Command;
