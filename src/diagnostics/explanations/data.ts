import type { Explanations } from "../explanation.ts";

const EXPOSURES = `user,experiment,variant,time
1,checkout,control,2023-01-01 10:00
2,checkout,variant,2023-01-01 11:00
`;

const perUnit = (users: string) => ({
  "project.yaml": `name: shop
units:
  user: { id: userId }
# no events
warehouse:
  engine: duckdb
  # no sources
  perUnit: { from: data/users.csv, units: { user: id }, columns: { variant: variant } }
`,
  "metrics/purchase-rate.yaml": "# no event\n# no window\ncolumn: bought\n",
  "metrics/revenue.yaml": null,
  "checkout.yaml": "metrics: { primary: purchase-rate }\n",
  "data/users.csv": users,
});

/** An experiment but for its arms. */
const PRICE = `name: Price
owner: team-checkout
hypothesis: A lower price sells more.
status: stopped
start: 2023-01-01
end: 2023-01-31
unit: user
metrics:
  primary: purchase-rate
mde: 10%
`;

/** What is read when an experiment is analysed. Paths and columns are those of the project's `warehouse`. */
export const dataExplanations = {
  "data/no-warehouse": {
    why: "Analysis reads exposures and events from files, and nothing says where they are.",
    example: {
      bad: { "project.yaml": "«name»: shop\n# no warehouse\n" },
      good: {
        "project.yaml": `name: shop
warehouse:
  engine: duckdb
`,
      },
    },
  },
  "data/missing-file": {
    why: "No file matches the patterns of the source. Patterns are relative to the folder that holds `experiments/`, and links to folders are not followed.",
    example: {
      bad: {
        "project.yaml": `warehouse:
  sources:
    app:
      from: «data/event.csv»
`,
      },
      good: {
        "project.yaml": `warehouse:
  sources:
    app:
      from: data/events.csv
`,
      },
    },
  },
  "data/unknown-format": {
    why: "The extension says how a file is read: nothing is guessed from its content.",
    example: {
      bad: {
        "project.yaml": `warehouse:
  sources:
    app:
      from: «data/events.txt»
`,
        "data/events.txt": "user,event,amount,time\n1,purchase,30,2023-01-02 08:00\n",
      },
      good: {
        "project.yaml": `warehouse:
  sources:
    app:
      from: data/events.csv
`,
      },
    },
  },
  "data/mixed-formats": {
    why: "The files of one source are read as one table. Text has no types and Parquet has, so columns of both could not be told to mean the same.",
    example: {
      bad: {
        "project.yaml": `warehouse:
  sources:
    app:
      from: «[data/events.csv, data/more.ndjson]»
`,
        "data/more.ndjson": '{"user":"1","event":"purchase","amount":30,"time":"2023-01-02T08:00:00Z"}\n',
      },
      good: {
        "project.yaml": `warehouse:
  sources:
    app:
      from: data/events.csv
`,
      },
    },
  },
  "data/unreadable-file": {
    why: "The engine cannot read the file: it is cut off, or of another format than its extension says. A part of the rows would be a biased part, so nothing is analysed.",
    example: {
      bad: {
        "project.yaml": `warehouse:
  sources:
    app:
      from: «data/events.parquet»
`,
        "data/events.parquet": "user,event,amount,time\n",
      },
      good: {
        "project.yaml": `warehouse:
  sources:
    app:
      from: data/events.csv
`,
      },
    },
  },
  "data/unreadable-table": {
    why: "The database file, the table in it, or the server behind it is not there, is locked by another program, or may not be read. Nothing is analysed in part.",
    example: null,
  },
  "data/as-of-beyond-data": {
    why: "`--as-of` says that the data are complete up to an instant, and they end days before it. Units whose window was open when the data ended count as mature: right where nothing happened since, and with half of what they did where the later rows are missing.",
    example: null,
  },
  "data/no-exposure-days": {
    why: "Which day a unit was first exposed on is not in the data.",
    example: null,
  },
  "data/ids-apart": {
    why: "Every metric of the source would be zero for every unit: no difference, and no warning that nothing was measured.",
    example: null,
  },
  "data/no-rows": {
    why: "Rows are found by the name that they carry. An event that the app calls otherwise makes metrics that are zero for everybody; an experiment that it calls otherwise has no units. `doctor` looks for each experiment that runs or has run, and for the events that their metrics read.",
    example: null,
  },
  "data/mixed-ids": {
    why: "Numbers with fractions become texts where another file has texts: 17 turns into `17.0`, and the unit of one file never meets that of the other.",
    example: null,
  },
  "data/unlike-ids": {
    why: "Ids are compared as texts. Where one export pads them with zeros, or went through a spreadsheet that made decimals of them, units silently lose their events, and every metric sinks towards zero. Below one in a hundred ids it is a warning: ids that people chose may well be `1` and `01`, and what is lost is lost in every variant alike.",
    example: {
      bad: { "data/events.csv": "user,event,amount,time\n1.0,purchase,30,2023-01-02 08:00\n" },
      good: { "data/events.csv": "user,event,amount,time\n1,purchase,30,2023-01-02 08:00\n" },
    },
  },
  "data/missing-column": {
    why: "The project names a column that the file does not have.",
    example: {
      bad: {
        "project.yaml": `warehouse:
  sources:
    exposures:
      columns: { experiment: experiment, variant: «arm», timestamp: time }
`,
      },
      good: {
        "project.yaml": `warehouse:
  sources:
    exposures:
      columns: { experiment: experiment, variant: variant, timestamp: time }
`,
      },
    },
  },
  "data/wrong-type": {
    why: "A Parquet column has a type that cannot be what it is used as. Numbers are not taken for instants, for example, because nothing says whether they count seconds or milliseconds.",
    example: null,
  },
  "data/bad-timestamp": {
    why: "Whether a row counts depends on when it happened. Rows whose time cannot be read would be dropped silently, perhaps more of one variant than of another.",
    example: {
      bad: {
        "data/events.csv": "user,event,amount,time\n1,purchase,30,2023-01-02 08:00\n2,purchase,5,yesterday\n",
      },
      good: {
        "data/events.csv":
          "user,event,amount,time\n1,purchase,30,2023-01-02 08:00\n2,purchase,5,2023-01-03T08:00:00Z\n",
      },
    },
  },
  "data/bad-value": {
    why: "A number is expected, and the cell holds something else. It is not taken for zero or for nothing, either of which would bias the result.",
    example: {
      bad: { "data/events.csv": "user,event,amount,time\n1,purchase,thirty,2023-01-02 08:00\n" },
      good: { "data/events.csv": "user,event,amount,time\n1,purchase,30,2023-01-02 08:00\n" },
    },
  },
  "data/missing-value": {
    why: "Events without a number are left out of sums and means. That is right where nothing was spent, and wrong where a value was lost: then a variant that loses more of them looks worse.",
    example: {
      bad: {
        "data/events.csv":
          "user,event,amount,time\n1,purchase,30,2023-01-02 08:00\n2,purchase,,2023-01-02 09:00\n",
      },
      good: {
        "data/events.csv":
          "user,event,amount,time\n1,purchase,30,2023-01-02 08:00\n2,purchase,0,2023-01-02 09:00\n",
      },
    },
  },
  "data/not-estimated": {
    why: "A parameter that draws decimals, or more values than can be listed, has no cells: no two units need to have had the same value, so there is nothing to compare, and neither a trend nor main effects are estimated. Draw from a list of values, and every one of them is compared with the first.",
    example: {
      bad: {
        "price.yaml": `${PRICE}parameters:
  price:
    randomFloat: { min: 5, max: 10 }
analysis:
  dose: «price»
`,
      },
      good: {
        "price.yaml": `${PRICE}parameters:
  price:
    uniformChoice: [5, 7.5, 10]
analysis:
  dose: price
`,
      },
    },
  },
  "data/missing-unit-value": {
    why: "In a table of one row per unit every row is a unit that was exposed, so a cell without a value counts as zero. That is wrong where the value is unknown.",
    example: {
      bad: perUnit("id,variant,bought\n1,control,1\n2,variant,\n3,control,0\n4,variant,1\n"),
      good: perUnit("id,variant,bought\n1,control,1\n2,variant,0\n3,control,0\n4,variant,1\n"),
    },
  },
  "data/unmapped-unit": {
    why: "Rows are counted per unit of the experiment. The source does not say which of its columns holds that unit's id.",
    example: null,
  },
  "data/unknown-variant": {
    why: "Exposures of variants that the experiment does not have are left out. They are mostly of another iteration, or of a variant that the app spells differently, and then units are missing from the comparison.",
    example: {
      bad: { "data/exposures.csv": `${EXPOSURES}3,checkout,varient,2023-01-01 12:00\n` },
      good: { "data/exposures.csv": `${EXPOSURES}3,checkout,variant,2023-01-01 12:00\n` },
    },
  },
  "data/duplicate-unit": {
    why: "With one row per unit, rows are what is counted. A unit with two rows would weigh twice, and the spread would come out too small.",
    example: {
      bad: perUnit("id,variant,bought\n1,control,1\n1,control,0\n2,variant,0\n"),
      good: perUnit("id,variant,bought\n1,control,1\n3,control,0\n2,variant,0\n"),
    },
  },
  "data/engine-failure": {
    why: "The engine stopped in the middle of a query, mostly for want of memory or disk. What it said is in the message.",
    example: null,
  },
} satisfies Explanations;
