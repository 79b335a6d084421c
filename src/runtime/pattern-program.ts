import { CHARACTER, END, FORK, FOUND, JUMP, type Program, START } from "./pattern.ts";
import { type PatternNode, type PatternProblem, parsePattern } from "./pattern-syntax.ts";

/** The longest program: more steps than any app should take for a character. */
const LONGEST = 1_000;

/** The program of a pattern's text, or what is wrong with the text. */
export function compilePattern(source: string): Program | PatternProblem {
  const node = parsePattern(source);
  if ("fault" in node) return node;
  if (!(lengthOf(node) < LONGEST)) return { fault: "too-large", found: "" };
  const program: number[][] = [];
  write(program, node);
  program.push([FOUND]);
  return program;
}

/** Whether a program could be made. */
export function isProgram(compiled: Program | PatternProblem): compiled is Program {
  return !("fault" in compiled);
}

/** How many instructions `write` writes; repeats in repeats may be more than can be counted. */
function lengthOf(node: PatternNode): number {
  switch (node.kind) {
    case "sequence":
      return node.parts.reduce((length, part) => length + lengthOf(part), 0);
    case "choice":
      return node.parts.reduce((length, part) => length + lengthOf(part) + 2, -2);
    case "repeat": {
      const { least, most } = node;
      const length = lengthOf(node.part);
      return most === Number.POSITIVE_INFINITY
        ? least * length + length + 2
        : least * length + (most - least) * (length + 1);
    }
    default:
      return 1;
  }
}

function write(program: number[][], node: PatternNode): void {
  switch (node.kind) {
    case "character":
      program.push([CHARACTER, ...node.ranges]);
      return;
    case "start":
      program.push([START]);
      return;
    case "end":
      program.push([END]);
      return;
    case "sequence":
      for (const part of node.parts) write(program, part);
      return;
    case "choice":
      writeChoice(program, node.parts);
      return;
    case "repeat":
      writeRepeat(program, node);
  }
}

function writeChoice(program: number[][], parts: readonly PatternNode[]): void {
  const jumps: number[][] = [];
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const fork = [FORK, program.length + 1];
    if (!isLast) program.push(fork);
    write(program, part);
    if (isLast) break;
    const jump = [JUMP];
    jumps.push(jump);
    program.push(jump);
    fork.push(program.length);
  }
  for (const jump of jumps) jump.push(program.length);
}

function writeRepeat(
  program: number[][],
  { part, least, most }: Extract<PatternNode, { kind: "repeat" }>,
): void {
  for (let time = 0; time < least; time++) write(program, part);
  if (most === Number.POSITIVE_INFINITY) {
    const start = program.length;
    const fork = [FORK, start + 1];
    program.push(fork);
    write(program, part);
    program.push([JUMP, start]);
    fork.push(program.length);
    return;
  }
  const forks: number[][] = [];
  for (let time = least; time < most; time++) {
    const fork = [FORK, program.length + 1];
    forks.push(fork);
    program.push(fork);
    write(program, part);
  }
  for (const fork of forks) fork.push(program.length);
}
