import type { Explanations } from "../explanation.ts";

export const audienceExplanations = {
  "audience/cycle": {
    why: "Audience files are put in where they are named. Files that name each other would never end.",
    example: {
      bad: { "audiences/a.yaml": "when: b\n", "audiences/b.yaml": "when: { not: «a» }\n" },
      good: { "audiences/a.yaml": "when: b\n", "audiences/b.yaml": "when: { not: shoppers }\n" },
    },
  },
  "audience/too-large": {
    why: "Conditions are evaluated in the app at every assignment. At most 1,000 tests are compiled in, and files may stand 32 deep inside each other; audiences that name others twice double at every step.",
    example: null,
  },
  "audience/operator": {
    why: "Each type has its own questions: numbers are compared, versions have `semver`, dates `from` and `before`, lists `contains`, `containsAny` and `containsAll`, texts `contains`, `startsWith`, `endsWith` and `matches`; all but lists and dates can be asked for a value, and all for `present`. Any other pairing never matches.",
    example: {
      bad: { "audiences/insiders.yaml": "when: { flags: «beta» }\n" },
      good: { "audiences/insiders.yaml": "when: { flags: { contains: beta } }\n" },
    },
  },
  "audience/value-type": {
    why: 'Values are compared by type and value: the number `40` and the text `"40"` are never equal, and nothing is converted.',
    example: {
      bad: { "refactor.yaml": 'audience: { age: [30, «"40"»] }\n' },
      good: { "refactor.yaml": "audience: { age: [30, 40] }\n" },
    },
  },
  "audience/unknown-value": {
    why: "The attribute declares which values it can have. One that is not among them matches nobody, or, negated, everybody.",
    example: {
      bad: { "refactor.yaml": "audience: { country: «UK» }\n" },
      good: { "refactor.yaml": "audience: { country: GB }\n" },
    },
  },
  "audience/no-value": {
    why: "The attribute declares which values it can have, and none of them passes the test: it matches nobody, or, negated, everybody. Each text of a list is tried by itself.",
    example: {
      bad: { "refactor.yaml": "audience: { country: { startsWith: [U, «K»] } }\n" },
      good: { "refactor.yaml": "audience: { country: { startsWith: [U, G] } }\n" },
    },
  },
  "audience/pattern": {
    why: "Patterns run in the app at every assignment, so they are of a kind that takes one pass over the text, whatever the text is: characters, `.`, classes, `|`, groups, `? * + {2,5}`, `^` and `$`, as in JavaScript's regular expressions with the flag `u`. Look-around, back-references and flags are not part of it; neither is what is likely a slip, such as a lone `{`.",
    example: {
      bad: { "audiences/acme.yaml": "when: { email: { matches: «'^(?!test).*@acme'» } }\n" },
      good: {
        "audiences/acme.yaml": "when: { email: { matches: '^[a-z.]+@acme', not: { startsWith: test } } }\n",
      },
    },
  },
  "audience/version-range": {
    why: "A range is a list of comparators with full versions, all of which must hold. `^4`, `4.x` and `>=4.2` are read differently by different tools, so they are not part of the language.",
    example: {
      bad: { "audiences/shoppers.yaml": 'when: { appVersion: { semver: «">=4.2"» } }\n' },
      good: { "audiences/shoppers.yaml": 'when: { appVersion: { semver: ">=4.2.0 <5.0.0" } }\n' },
    },
  },
  "audience/private-attribute": {
    why: "Conditions are compiled into what the app ships. In a browser everybody can read them, the private values included, and the page would have to know the attribute of its visitor.",
    example: {
      bad: { "one-page.yaml": "audience:\n  «email»: boss@acme.test\n" },
      good: { "one-page.yaml": "runsOn: server\naudience:\n  email: boss@acme.test\n" },
    },
  },
  "audience/nobody": {
    why: "The conditions exclude each other: no values of the attributes satisfy all of them, so the experiment would enrol nobody, or an override never apply. What is found is certain: declared values, types, texts and ranges of versions are all tried. A missing attribute fails a condition and its negation alike.\n\nAn error where an experiment is running, a warning before and in audience files.",
    example: {
      bad: { "one-page.yaml": "audience: «{ country: GB, all: [shoppers] }»\n" },
      good: { "one-page.yaml": "audience: { country: US, all: [shoppers] }\n" },
    },
  },
  "attribute/values-of-type": {
    why: "`values` lists the texts that an attribute can have, so that a condition on another is found. Of numbers, versions and booleans there is nothing to list.",
    example: {
      bad: { "project.yaml": "attributes:\n  age: { type: number, «values»: [old] }\n" },
      good: {
        "project.yaml": "attributes:\n  age: { type: string, values: [young, old] }\n",
        "refactor.yaml": "audience: { age: old }\n",
      },
    },
  },
} satisfies Explanations;
