"use client";

import { useRef } from "react";

/** The value of an earlier render as long as its members are the same, so that a literal in a render is no change. */
export function useUnchanged<Value extends object>(value: Value): Value {
  const kept = useRef(value);
  // Written in a render, but what is given always has the members of `value`: only its identity is remembered.
  if (kept.current !== value && !hasSameMembers(kept.current, value)) kept.current = value;
  return kept.current;
}

function hasSameMembers(a: object, b: object): boolean {
  const members = new Map<string, unknown>(Object.entries(a));
  const entries = Object.entries(b);
  return (
    members.size === entries.length &&
    entries.every(([key, value]) => members.has(key) && isSame(members.get(key), value))
  );
}

/** Lists count as the same where their items are. */
function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => Object.is(item, b[index]));
  return Object.is(a, b);
}
