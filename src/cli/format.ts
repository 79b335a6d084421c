import { Option } from "commander";

/** `--format`, with the forms that a command can print; the first is the default. */
export function formatOption(...formats: readonly [string, ...string[]]): Option {
  return new Option("--format <form>", "how to print the result").choices([...formats]).default(formats[0]);
}
