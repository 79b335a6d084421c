/** Ways to set a text off in a terminal; each leaves it as it is where colour is not wanted. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  blue(text: string): string;
}

/** The styles as SGR sequences (ECMA-48, 8.3.117), or as nothing. */
export function styleOf(color: boolean): Style {
  const sequence = (on: number, off: number) => (text: string) =>
    color && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: sequence(1, 22),
    dim: sequence(2, 22),
    green: sequence(32, 39),
    red: sequence(31, 39),
    yellow: sequence(33, 39),
    blue: sequence(34, 39),
  };
}
