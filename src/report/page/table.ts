import { type Content, type Html, html } from "../html.ts";

interface TableContent {
  readonly caption: string;
  /** Beside the caption, quieter. */
  readonly note?: string;
  readonly columns: readonly Content[];
  /** Cells per row; the first names the row. */
  readonly rows: readonly (readonly Content[])[];
  /** Which columns hold words, by index; the others hold numbers, and are set right. Default: the first. */
  readonly words?: readonly number[];
  /** Which column holds glyphs, by index; its head is their axis. */
  readonly axis?: number;
  /** Whether rows become blocks on narrow screens, each cell under its column's name. Default false: it scrolls. */
  readonly stacks?: boolean;
}

/** A table with a caption, heads of columns and rows, and a frame that scrolls where the page is too narrow. */
export function table({
  caption,
  note,
  columns,
  rows,
  words = [0],
  axis,
  stacks = false,
}: TableContent): Html {
  const kindOf = (index: number) => (index === axis ? "axis" : words.includes(index) ? "words" : "number");
  const heads = columns.map((name, index) => html`<th scope="col" class="${kindOf(index)}">${name}</th>`);
  const cellOf = (cell: Content, index: number) =>
    html`<td class="${kindOf(index)}"${index !== axis && html` data-label="${columns[index] ?? null}"`}>${cell}</td>`;
  const body = rows.map(
    ([name = null, ...cells]) =>
      html`<tr><th scope="row">${name}</th>${cells.map((cell, index) => cellOf(cell, index + 1))}</tr>\n`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table${stacks && html` class="stack overview"`}>
<caption>${caption}${note !== undefined && html` <span class="note">${note}</span>`}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${body}</tbody>
</table></div>`;
}

/** Names and values, one pair a row. Pairs without a value are left out. */
export function definitionList(pairs: readonly (readonly [name: string, value: Content])[]): Html {
  const rows = pairs
    .filter(([, value]) => value !== null && value !== false)
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`);
  return html`<dl>
${rows}</dl>`;
}
