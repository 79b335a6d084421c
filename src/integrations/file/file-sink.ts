import type { Message, Sink } from "../../runtime/index.ts";
import { createAppender } from "./append.ts";
import { type EventColumns, type ExposureColumns, eventRow, exposureRow, type UnitColumns } from "./row.ts";

/** As a source in `warehouse.sources` of `project.yaml`, with a file to add to in place of files to read. */
interface Target {
  /** Path of an NDJSON file; it and its folder are made where they are missing. */
  readonly to: string;
  /** Column names of ids, by the keys of their units. */
  readonly units: UnitColumns;
}

export interface FileSinkOptions {
  /** Default: exposures are not written. */
  readonly exposures?: Target & {
    /** Default: `ts`, `experiment`, `iteration`, `variant`, `is_forced`. */
    readonly columns?: Partial<ExposureColumns>;
    /** Columns that every row has. */
    readonly attributes?: readonly string[];
  };
  /** Default: events are not written. */
  readonly events?: Target & {
    /** Default: `ts`, `event`. */
    readonly columns?: Partial<EventColumns>;
  };
  /** Default `file`. */
  readonly name?: string;
}

const EXPOSURE_COLUMNS: ExposureColumns = {
  timestamp: "ts",
  experiment: "experiment",
  iteration: "iteration",
  variant: "variant",
  forced: "is_forced",
};
const EVENT_COLUMNS: EventColumns = { timestamp: "ts", event: "event" };

/**
 * Adds messages to NDJSON files as the wide rows that `warehouse.sources` reads; for Node. A batch is taken when
 * the operating system has it, and no row is ever left in part.
 */
export function fileSink({ exposures, events, name = "file" }: FileSinkOptions): Sink {
  const exposureFile = exposures && createAppender(exposures.to);
  const eventFile = events && createAppender(events.to);
  const exposureColumns = { ...EXPOSURE_COLUMNS, ...exposures?.columns };
  const eventColumns = { ...EVENT_COLUMNS, ...events?.columns };
  /** Exposures of a batch whose events could not be written: the batch comes again. */
  const written = new Set<string>();

  function exposureRows(batch: readonly Message[]): readonly object[] {
    return batch.flatMap((message) =>
      exposures && message.kind === "exposure" && !written.has(message.id)
        ? [exposureRow(message, exposureColumns, exposures.units, exposures.attributes ?? [])]
        : [],
    );
  }

  function eventRows(batch: readonly Message[]): readonly object[] {
    return batch.flatMap((message) =>
      events && message.kind === "event" ? [eventRow(message, eventColumns, events.units)] : [],
    );
  }

  return {
    name,
    async send(batch) {
      await exposureFile?.append(linesOf(exposureRows(batch)));
      for (const { id, kind } of batch) if (kind === "exposure") written.add(id);
      await eventFile?.append(linesOf(eventRows(batch)));
      written.clear();
    },
    async close() {
      await exposureFile?.close();
      await eventFile?.close();
    },
  };
}

function linesOf(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}
