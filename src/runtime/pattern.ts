/**
 * Patterns that cannot hang: a program is run on all its ways at once (Thompson, Regular Expression Search
 * Algorithm, 1968; Pike's form of it), so a text of n characters takes at most n × program.length steps,
 * whatever the pattern. `parsePattern` and `compilePattern` make programs.
 */

/**
 * What a pattern does at a place of a text: one instruction after the other, each an operation with its operands.
 * Instructions that a program jumps to are named by their index.
 */
export type Program = readonly (readonly number[])[];

/** A part of the text fits. */
export const FOUND = 0;
/** The next character lies in one of the ranges of code points that follow, as pairs of first and last. */
export const CHARACTER = 1;
/** Goes on at each of the two instructions. */
export const FORK = 2;
/** Goes on at the instruction. */
export const JUMP = 3;
/** Goes on at the beginning of the text only. */
export const START = 4;
/** Goes on at the end of the text only. */
export const END = 5;

/** Whether any part of a text fits a program. What it needs to run is made once: running allocates nothing. */
export function pattern(program: Program): (text: string) => boolean {
  let waiting = new Uint16Array(program.length);
  let next = new Uint16Array(program.length);
  let count = 0;
  let index = 0;
  let size = 0;
  /** The number of the last place at which an instruction was reached. */
  const reached = new Float64Array(program.length);
  let place = 0;

  /** Follows a way up to the characters that it waits for; true where it is through. */
  function follow(at: number): boolean {
    if (reached[at] === place) return false;
    reached[at] = place;
    const [operation, one, other] = program[at] as readonly [number, number, number];
    if (operation === CHARACTER) next[count++] = at;
    if (operation === FORK) return follow(one) || follow(other);
    if (operation === JUMP) return follow(one);
    if (operation === START) return index === 0 && follow(at + 1);
    if (operation === END) return index === size && follow(at + 1);
    return operation === FOUND;
  }

  return (text) => {
    index = count = 0;
    size = text.length;
    place++;
    while (!follow(0)) {
      if (index >= size) return false;
      const character = text.codePointAt(index) as number;
      const ways = count;
      [waiting, next] = [next, waiting];
      index += character > 0xffff ? 2 : 1;
      count = 0;
      place++;
      for (let way = 0; way < ways; way++) {
        const at = waiting[way] as number;
        if (includes(program[at]!, character) && follow(at + 1)) return true;
      }
    }
    return true;
  };
}

function includes(instruction: readonly number[], character: number): boolean {
  for (let range = 1; range < instruction.length; range += 2)
    if (character >= instruction[range]! && character <= instruction[range + 1]!) return true;
  return false;
}
