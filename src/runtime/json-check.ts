/**
 * Checks of values of unknown origin, made of each other. A check is made where it is used and never when a
 * module loads: bundlers keep such calls in apps that never check anything.
 */

/** What is wrong with a value of unknown origin: paths and expectations, never what was found. */
export interface Faults {
  add(path: string, expected: string): void;
  count(): number;
  /** True once there are as many as anybody reads: looking further is in vain. */
  isFull(): boolean;
}

export type Check = (value: unknown, path: string, faults: Faults) => void;

/** Own members by name. A `Map` has no prototype that a name could reach. */
export type Members = ReadonlyMap<string, unknown>;

/** `list` takes at most `most` faults. */
export function createFaults(list: string[], most: number): Faults {
  return {
    add(path, expected) {
      if (list.length < most) list.push(`${path}: expected ${expected}`);
    },
    count: () => list.length,
    isFull: () => list.length >= most,
  };
}

/** The members of an object; null where the value is none. */
export function membersOf(value: unknown): Members | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : null;
}

export function one(expected: string, is: (value: unknown) => boolean): Check {
  return (value, path, faults) => {
    if (!is(value)) faults.add(path, expected);
  };
}

export function text(value: unknown, path: string, faults: Faults): void {
  if (typeof value !== "string") faults.add(path, "a text");
}

/** A text that names a property: nobody's prototype. */
export function name(value: unknown, path: string, faults: Faults): void {
  if (typeof value !== "string" || value === "" || value === "__proto__") faults.add(path, "a name");
}

export function finite(value: unknown, path: string, faults: Faults): void {
  if (!Number.isFinite(value)) faults.add(path, "a number");
}

/** A text, a number, true or false. */
export function scalar(value: unknown, path: string, faults: Faults): void {
  if (!["string", "boolean"].includes(typeof value) && !Number.isFinite(value)) faults.add(path, "a scalar");
}

export function integer(least: number, most: number): Check {
  const expected = `a whole number from ${least} to ${most}`;
  return one(expected, (value) => Number.isSafeInteger(value) && isWithin(value as number, least, most));
}

export function among(...values: readonly unknown[]): Check {
  return one(`one of ${values.map((value) => JSON.stringify(value)).join(", ")}`, (value) =>
    values.includes(value),
  );
}

export function orNull(check: Check): Check {
  return (value, path, faults) => {
    if (value !== null) check(value, path, faults);
  };
}

export function list(item: Check, least: number, most: number): Check {
  return (value, path, faults) => {
    if (!Array.isArray(value) || !isWithin(value.length, least, most))
      faults.add(path, `a list of ${least} to ${most}`);
    else
      for (let index = 0; index < value.length && !faults.isFull(); index++)
        item(value[index], `${path}[${index}]`, faults);
  };
}

/** An object with these members; others are passed over, so that a manifest may say more than is read. */
export function record(checks: Readonly<Record<string, Check>>): Check {
  return (value, path, faults) => {
    const members = membersOf(value);
    if (!members) faults.add(path, "an object");
    else
      for (const [key, check] of Object.entries(checks))
        check(members.get(key), path === "" ? key : `${path}.${key}`, faults);
  };
}

/** An object whose member `kind` says which of the checks it passes. */
export function kinds(checks: Readonly<Record<string, Check>>): Check {
  const known = new Map(Object.entries(checks));
  const kind = among(...known.keys());
  return (value, path, faults) => {
    const found = membersOf(value)?.get("kind");
    const check = typeof found === "string" ? known.get(found) : undefined;
    if (check) check(value, path, faults);
    else kind(found, `${path}.kind`, faults);
  };
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
