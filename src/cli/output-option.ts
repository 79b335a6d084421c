import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { UsageError } from "./exit.ts";

/** A form that is written to a file besides what is printed. */
export interface Output<Form extends string> {
  readonly format: Form;
  /** Relative to `--cwd`. */
  readonly path: string;
}

/** `--output <form=path>`, any number of times. */
export function outputOption<Form extends string>(forms: readonly Form[]): Option {
  const collect = (value: string, others: readonly Output<Form>[]): readonly Output<Form>[] => {
    const [, name, path] = /^([^=]*)=(.+)$/s.exec(value) ?? [];
    if (path === undefined) throw new InvalidArgumentError("Expected <form>=<path>.");
    if (/\.ya?ml$/i.test(path)) throw new InvalidArgumentError(`No form is YAML; ${path} would be lost.`);
    const format = forms.find((form) => form === name);
    if (format === undefined) throw new InvalidArgumentError(`The forms are ${forms.join(", ")}.`);
    return [...others, { format, path }];
  };
  return new Option(
    "--output <form=path>",
    `also write a form to a file, any number of times: ${forms.join(", ")}`,
  )
    .argParser(collect)
    .default([], "none");
}

/** Writes each form to its file. */
export function writeOutputs<Form extends string>(
  cwd: string,
  outputs: readonly Output<Form>[],
  render: (form: Form) => string,
): void {
  for (const { format, path } of outputs) {
    const absolute = resolve(cwd, path);
    const text = render(format);
    try {
      mkdirSync(dirname(absolute), { recursive: true });
      writeFileSync(absolute, text === "" || text.endsWith("\n") ? text : `${text}\n`);
    } catch (error) {
      throw new UsageError(`${absolute} cannot be written: ${(error as Error).message}`);
    }
  }
}
