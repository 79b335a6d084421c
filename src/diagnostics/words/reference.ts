import { words } from "../words.ts";

/** What is said about a name that nothing bears. */
export type UnknownName = {
  /** The name that was written. */
  readonly name: string;
  /** The declared name that it resembles most; empty without one. */
  readonly suggestion: string;
  /** The names that exist. */
  readonly known: readonly string[];
};

/** Names that nothing bears. */
export const referenceWords = {
  "unit/unknown": unknown("unit", "declare it under `units` in `project.yaml`"),
  "attribute/unknown": unknown("attribute", "declare it under `attributes` in `project.yaml`"),
  "layer/unknown": unknown("layer", "declare it under `layers` in `project.yaml`"),
  "event/unknown": unknown("event", "declare it under `events` in `project.yaml`"),
  "source/unknown": unknown("source of events", "declare it under `warehouse.sources` in `project.yaml`"),
  "metric/unknown": unknown("metric", "describe it in a file of that name in `metrics/`"),
  "audience/unknown": unknown("audience", "describe it in a file of that name in `audiences/`"),
  "variant/unknown": unknown("variant", "name one of the keys under `variants`"),
  "property/unknown": {
    ...unknown("property of an event", "declare it under the event's `properties`"),
    message: ({ name }: UnknownName) => `the event has no property \`${name}\``,
  },
  "source/missing": words<{ event: string; known: readonly string[] }>({
    severity: "error",
    title: "An event does not say which source holds its rows",
    message: ({ event }) => `the event \`${event}\` does not say which source holds its rows`,
    help: ({ known }) =>
      known.length === 0
        ? "declare a source of events beside `exposures`, and name it in `source`"
        : `add \`source\`: one of ${list(known)}`,
  }),
};

function unknown(thing: string, mend: string) {
  return words<UnknownName>({
    severity: "error",
    title: `${/^[aeo]/.test(thing) ? "An" : "A"} ${thing} that does not exist`,
    message: ({ name }) => `there is no ${thing} \`${name}\``,
    help: ({ suggestion, known }) => {
      if (suggestion !== "") return `did you mean \`${suggestion}\`?`;
      return known.length === 0 || known.length > 12 ? mend : `${mend}; there is ${list(known)}`;
    },
  });
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
