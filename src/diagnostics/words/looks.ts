import { words } from "../words.ts";

/** Designs that look at the data more than once. */
export const looksWords = {
  "looks/no-window": words<{ metric: string; role: string; method: string }>({
    severity: "error",
    title: "A metric without a window is looked at more than once",
    message: ({ metric, role, method }) =>
      `\`method: ${method}\` looks at ${role}, \`${metric}\`, again and again, and it has no window`,
    help: ({ metric }) => `give \`${metric}\` a window, such as \`window: 7d\`; or write \`method: fixed\``,
  }),
  "looks/single-look": words<{ metric: string; role: string; method: string; why: string }>({
    severity: "warning",
    title: "A metric can be looked at only once",
    message: ({ metric, role, method, why }) =>
      `\`method: ${method}\` gives ${role}, \`${metric}\`, one look only: ${why}`,
    help: () =>
      "decide by a count, a sum, a mean, a ratio or a conversion of the randomised unit; or write `method: fixed`, which needs fewer units",
  }),
  "looks/no-time": words<{ method: string; place: string }>({
    severity: "error",
    title: "Looks at data without times",
    message: ({ method, place }) =>
      `\`method: ${method}\` looks at the data as they were on each day, and ${place} has no times`,
    help: () => "name a timestamp column, or write `method: fixed`: the data are then taken as final",
  }),
};
