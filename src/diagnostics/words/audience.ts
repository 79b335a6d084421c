import { words } from "../words.ts";
import { PATTERN_FAULTS, type PatternFault } from "./pattern-faults.ts";

const PASSES = {
  "has-part": "contains",
  "starts-with": "starts with",
  "ends-with": "ends with",
  matches: "matches",
} as const;

/** Conditions on attributes. */
export const audienceWords = {
  "audience/cycle": words<{ chain: readonly string[] }>({
    severity: "error",
    title: "Audience files that name each other",
    message: ({ chain }) =>
      `this audience is part of itself: ${chain.map((key) => `\`${key}\``).join(" → ")}`,
    help: () => "say in one of the files who is meant, without naming the other",
  }),
  "audience/too-large": words<{ limit: string }>({
    severity: "error",
    title: "A condition too large to evaluate",
    message: ({ limit }) => `with its audience files put in, this condition has more than ${limit}`,
    help: () => "give the app an attribute that says who is meant, and ask for that",
  }),
  "audience/operator": words<{ operator: string; attribute: string; type: string; mend: string }>({
    severity: "error",
    title: "An operator that does not fit the attribute's type",
    message: ({ operator, attribute, type }) =>
      `${operator} does not fit \`${attribute}\`, which is a ${type} attribute`,
    help: ({ mend }) => mend,
  }),
  "audience/value-type": words<{ attribute: string; type: string; found: string }>({
    severity: "error",
    title: "A value that does not fit the attribute's type",
    message: ({ attribute, type, found }) =>
      `\`${attribute}\` is a ${type} attribute and can never equal the ${found}`,
  }),
  "audience/unknown-value": words<{
    attribute: string;
    found: string;
    suggestion: string;
    known: readonly string[];
  }>({
    severity: "error",
    title: "A value that the attribute cannot have",
    message: ({ attribute, found }) => `\`${found}\` is not among the values of \`${attribute}\``,
    help: ({ suggestion, known }) =>
      suggestion === ""
        ? `expected one of ${known.map((value) => `\`${value}\``).join(", ")}`
        : `did you mean \`${suggestion}\`?`,
  }),
  "audience/no-value": words<{
    attribute: string;
    operator: "has-part" | "starts-with" | "ends-with" | "matches";
    found: string;
    known: readonly string[];
  }>({
    severity: "error",
    title: "A test that none of the attribute's values passes",
    message: ({ attribute, operator, found }) =>
      `none of the values of \`${attribute}\` ${PASSES[operator]} \`${found}\``,
    help: ({ known }) => `its values are ${known.map((value) => `\`${value}\``).join(", ")}`,
  }),
  "audience/pattern": words<{ attribute: string; source: string; fault: PatternFault; found: string }>({
    severity: "error",
    title: "A pattern that cannot be read",
    message: ({ attribute, source, fault, found }) =>
      `\`${shortened(source)}\` is not a pattern for \`${attribute}\`: ${PATTERN_FAULTS[fault].problem(found)}`,
    help: ({ fault }) => PATTERN_FAULTS[fault].mend,
  }),
  "audience/version-range": words<{ attribute: string; found: string }>({
    severity: "error",
    title: "A range of versions that cannot be read",
    message: ({ attribute, found }) => `\`${found}\` is not a range of versions for \`${attribute}\``,
    help: () => "write comparators with full versions, such as `>=4.2.0` or `>=4.2.0 <5.0.0`",
  }),
  "audience/private-attribute": words<{ attribute: string }>({
    severity: "error",
    title: "A private attribute in what a browser gets",
    message: ({ attribute }) => `\`${attribute}\` is private, and this experiment runs in the browser`,
    help: () => "write `runsOn: server`, or ask for an attribute that is not private",
  }),
  "audience/nobody": words<{ attributes: readonly string[] }>({
    severity: "error",
    title: "A condition that nobody can match",
    message: ({ attributes }) =>
      `nobody can match this: what it asks of ${attributes.map((key) => `\`${key}\``).join(", ")} cannot all be true`,
    help: () => "remove one of the conditions that exclude each other",
  }),
  "attribute/values-of-type": words<{ attribute: string; type: string }>({
    severity: "error",
    title: "An attribute that cannot have listed values",
    message: ({ attribute, type }) =>
      `\`${attribute}\` is a ${type} attribute; only texts can be listed in \`values\``,
    help: () => "remove `values`, or write `type: string` or `type: list`",
  }),
};

const LONGEST = 80;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
