import type { Exposure, TrackedEvent } from "./exposure.ts";

export type Message = Exposure | TrackedEvent;

/** Where messages go. What it throws or rejects with never reaches the app. */
export interface Sink {
  readonly name: string;
  /**
   * Takes a batch, at once or when its promise resolves. A batch that it refuses comes again, unless the error
   * says that this is no use (`Refusal`). Each message is handed over until it is taken once.
   */
  send(batch: readonly Message[]): void | PromiseLike<void>;
  /** Passes on what it holds itself. */
  flush?(): void | PromiseLike<void>;
  /** Is called once, after the last batch. */
  close?(): void | PromiseLike<void>;
}

/** What the error of a sink may say. */
export interface Refusal {
  /** The batch will never be taken. */
  readonly permanent?: boolean;
  /** With `permanent`, how many of the batch it will not take, where it took the others. Default: all. */
  readonly lost?: number;
  /** Milliseconds to leave the sink alone, at most five minutes; default: a back-off. */
  readonly retryAfter?: number;
}

/** What became of the messages of one sink. */
export interface SinkCounts {
  readonly sink: string;
  readonly delivered: number;
  /** Queued or handed over, and not yet taken. */
  readonly waiting: number;
  /** Lost: beyond the queue's bound, refused for good, or left over at the end. */
  readonly dropped: number;
}

export interface FlushOptions {
  /** Milliseconds to wait at most. Default 5,000. */
  readonly deadline?: number;
  /** The page goes away: everything is handed over now, beside what is on its way. */
  readonly leaving?: boolean | undefined;
}

/** Runs a task after a delay in milliseconds. Keeps no process alive. */
export type Schedule = (task: () => void, delay: number) => void;

/** Runs a task after a delay in milliseconds, unless what it gives is called before. Keeps the process alive until then. */
export type Limit = (task: () => void, delay: number) => () => void;
