import type { Format } from "./formats.ts";
import { renderGithub } from "./github.ts";
import { renderJson } from "./json.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderPretty } from "./pretty.ts";
import type { Renderer } from "./renderer.ts";
import { renderSarif } from "./sarif.ts";

/** The forms in which diagnostics can be had, by name. */
export const renderers = {
  pretty: renderPretty,
  json: renderJson,
  sarif: renderSarif,
  github: renderGithub,
  markdown: renderMarkdown,
} satisfies Readonly<Record<Format, Renderer>>;
