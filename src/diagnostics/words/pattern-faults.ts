/** What is wrong with a pattern, given the part of it that is, and what to write instead. */
export const PATTERN_FAULTS = {
  "back-reference": {
    problem: (found: string) => `\`${found}\` asks for the text of another part again`,
    mend: "ask for what the text may be, or give the app an attribute that says it",
  },
  bounds: {
    problem: (found: string) => `\`${found}\` is no number of times`,
    mend: "write `{3}`, `{3,}` or `{3,5}`, or `\\{` for the character",
  },
  class: {
    problem: (found: string) => `\`${found}\` is no range of characters`,
    mend: "write the range between two characters, and `\\-` for the character",
  },
  "class-order": {
    problem: (found: string) => `the range \`${found}\` runs backwards`,
    mend: "write the lower character first",
  },
  escape: {
    problem: (found: string) => `\`${found}\` stands for nothing`,
    mend: "escape only characters that mean something, such as `\\.`; `\\d`, `\\w`, `\\s`, `\\n`, `\\r` and `\\t` are known, their capitals `\\D`, `\\W` and `\\S` too",
  },
  group: {
    problem: (found: string) => `\`${found}\` begins a group that names something or sets a flag`,
    mend: "write a plain group `(…)`; for either case write both, as in `[Aa]`",
  },
  lazy: {
    problem: (found: string) => `\`${found}\` asks for as few as possible`,
    mend: "leave out the `?`: whether a text fits does not depend on it",
  },
  literal: {
    problem: (found: string) => `\`${found}\` stands alone`,
    mend: "write a backslash before it for the character",
  },
  look: {
    problem: (found: string) => `\`${found}\` looks ahead or behind`,
    mend: "use a second operator on the attribute, such as `not: { matches: … }`: all of them hold",
  },
  "nothing-to-repeat": {
    problem: (found: string) => `\`${found}\` repeats nothing`,
    mend: "write it behind a character, a class or a group, once; with a backslash before it, it is a character",
  },
  property: {
    problem: (found: string) => `\`${found}\` names a property of characters`,
    mend: "write the characters as a class, such as `[A-Za-zÀ-ÿ]`",
  },
  "too-large": {
    problem: () => "it is too large",
    mend: "repeat less, or give the app an attribute that says who is meant: a pattern is at most 1,000 steps, its groups 50 deep",
  },
  unclosed: {
    problem: (found: string) => `\`${found}\` is never closed`,
    mend: "close it, or write a backslash before it for the character",
  },
  unopened: {
    problem: (found: string) => `\`${found}\` closes nothing`,
    mend: "write a backslash before it for the character",
  },
  "word-boundary": {
    problem: (found: string) => `\`${found}\` asks for the edge of a word`,
    mend: "say which characters may stand there, such as `(^|[^a-z])beta([^a-z]|$)`",
  },
} as const;

export type PatternFault = keyof typeof PATTERN_FAULTS;
