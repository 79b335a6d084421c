/** What JSON leaves as it is and a terminal may obey. */
const HARMFUL = /[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** JSON that ends in a line feed, with control and direction characters escaped: safe to read, and to print. */
export function printableJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(HARMFUL, escapeCharacter)}\n`;
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
