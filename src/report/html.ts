const brand = Symbol("html");

/** Markup that is safe to send. Only the `html` tag makes it. */
export interface Html {
  readonly [brand]: string;
}

/** What may stand in a template: text is escaped, markup is kept, null and false leave nothing. */
export type Content = Html | string | number | null | false | readonly Content[];

/**
 * Markup from a template. Every string that is put in is escaped, in text and in double-quoted attributes alike;
 * a template must quote its attributes and must not put content into scripts, styles, comments or tag names.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return { [brand]: parts.reduce((text, part, index) => text + render(contents[index - 1] ?? null) + part) };
}

/** The text of some markup, as it goes into a file. */
export function textOf(markup: Html): string {
  return markup[brand];
}

/** A stylesheet element. The hash in the content security policy covers exactly `css`, so nothing is escaped. */
export function styleElement(css: string): Html {
  if (css.includes("</")) throw new Error("A stylesheet must not hold an end tag.");
  return { [brand]: `<style>${css}</style>` };
}

function render(content: Content): string {
  if (content === null || content === false) return "";
  if (typeof content === "string") return escapeText(content);
  if (typeof content === "number") return String(content);
  return isHtml(content) ? content[brand] : content.map(render).join("");
}

function isHtml(content: Html | readonly Content[]): content is Html {
  return brand in content;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Characters that HTML does not allow, lone surrogates, and the overrides that turn text around. */
const UNPRINTABLE =
  /[\p{Surrogate}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069]|(?![\t\n])\p{Control}/gu;

function escapeText(text: string): string {
  return text.replace(UNPRINTABLE, "\u{fffd}").replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
