import type { Experiment } from "../model/experiment.ts";
import type { EventRows } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import { binary, call, column } from "../sql/expressions.ts";
import { aliased, createTemporaryTable, join, named, select, subquery, table } from "../sql/queries.ts";
import type { Engine } from "./engine.ts";
import type { Enrolled } from "./enrolled.ts";
import { eventHits, hitName } from "./event-hits.ts";
import type { EventInput } from "./event-input.ts";
import { eventMeasures, windowSpan } from "./event-measure.ts";
import { countFirstExposures } from "./first-exposures.ts";
import { follow } from "./population.ts";

/**
 * Keeps the units that have such an event at or after their first exposure, followed from the first one on. The
 * table of all exposed units stays as it is.
 */
export async function followTriggered(
  engine: Engine,
  project: Project,
  experiment: Experiment,
  enrolled: Enrolled,
  input: EventInput,
  trigger: EventRows,
): Promise<Enrolled> {
  const exposed = enrolled.table!;
  const { owner, asOf, earliest } = enrolled;
  const measures = eventMeasures(project);
  measures.need(trigger, windowSpan(null), ["events"], { owner, settled: 0 });
  const [measure] = measures.list();
  const followed = follow([{ owner, table: exposed, earliest, cutoff: asOf }]);
  const firsts = select({
    columns: [
      named("of", column("key")),
      named("at", call("min", binary("plus", column("first"), column("age")))),
    ],
    from: subquery(eventHits(input, [measure!], followed)),
    where: column(hitName(measure!)),
    groupBy: ["of"],
  });
  const name = `triggered ${exposed}`;
  await engine.run(
    createTemporaryTable(
      name,
      select({
        columns: [
          named("unit", column("unit", "exposed")),
          named("first", column("at", "trigger")),
          named("key", column("key", "exposed")),
          named("crossed", column("crossed", "exposed")),
        ],
        from: join(
          aliased(table(exposed), "exposed"),
          aliased(subquery(firsts), "trigger"),
          binary("equal", column("key", "exposed"), column("of", "trigger")),
        ),
      }),
    ),
  );
  const triggered = await countFirstExposures(engine, name, experiment);
  return {
    ...enrolled,
    table: name,
    exposed,
    units: triggered.units,
    earliest: earliest === null ? null : triggered.earliest,
    trigger: { triggered: triggered.units, exposed: enrolled.enrolment.units },
  };
}
