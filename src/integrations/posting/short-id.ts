import { hash } from "../../runtime/index.ts";

/** An id of at most 100 characters, the same for the same id, for services that take no longer ones. */
export function shortId(id: string): string {
  return id.length <= 100 ? id : `${id.slice(0, 80)}~${hexadecimal(hash(id))}${hexadecimal(hash(`~${id}`))}`;
}

function hexadecimal(number: number): string {
  return (number >>> 0).toString(16).padStart(8, "0");
}
