import type { Fix } from "./diagnostic.ts";
import type { Place } from "./place.ts";

/** The fix that puts another name in a place; none where no name comes near. */
export function renaming(place: Place, suggestion: string | null): readonly Fix[] {
  if (suggestion === null) return [];
  return [
    {
      title: `replace it with \`${suggestion}\``,
      edits: [{ place, text: scalarText(suggestion) }],
      automatic: false,
    },
  ];
}

/** A text as a YAML scalar that is read back as that text: plain where that is safe, else in double quotes. */
function scalarText(text: string): string {
  const plain = /^[A-Za-z][A-Za-z0-9_-]*$/.test(text) && !/^(?:true|false|null)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}
