import type { Limit, Schedule } from "../../../src/runtime/sink.ts";

/** A clock whose time passes when a test says so; `run` goes from timer to timer and lets promises settle between. */
export interface VirtualTime {
  readonly now: () => number;
  readonly schedule: Schedule;
  readonly limit: Limit;
  run(duration: number): Promise<void>;
  /** Lets promises settle; no time passes. */
  settle(): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

export function createVirtualTime(): VirtualTime {
  let time = 0;
  let timers: Timer[] = [];

  function start(task: () => void, delay: number): Timer {
    const timer = { at: time + Math.max(0, delay), task };
    timers.push(timer);
    return timer;
  }

  async function settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  }

  return {
    now: () => time,
    schedule: (task, delay) => void start(task, delay),
    limit(task, delay) {
      const timer = start(task, delay);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    async run(duration) {
      const end = time + duration;
      await settle();
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers = timers.filter((timer) => timer !== due);
        time = due.at;
        due.task();
        await settle();
      }
      time = end;
    },
    settle,
  };
}
