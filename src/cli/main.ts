#!/usr/bin/env node
import { EXIT } from "./exit.ts";
import { runProgram } from "./program.ts";
import { openTerminal } from "./terminal.ts";
import { tuneEngine } from "./tune-engine.ts";

if (!process.argv.includes("--watch")) tuneEngine();
const terminal = openTerminal();
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader such as `head` that closes its end is done, not broken.
  if (error.code === "EPIPE") process.exit(EXIT.done);
  throw error;
});
process.exitCode = await runProgram(process.argv.slice(2), terminal);
