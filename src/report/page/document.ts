import { type Html, html, styleElement, textOf } from "../html.ts";
import { STYLESHEET } from "./stylesheet.ts";

/** What frames every page. */
export interface Frame {
  /** Text of the title bar. */
  readonly title: string;
  /** Name of the project, which leads home. */
  readonly project: string;
  /** Path to the index, relative to the page. */
  readonly home: string;
  readonly isHome: boolean;
  readonly toolVersion: string;
  /** SHA-256 of a text, base64: what the content security policy names the stylesheet by. */
  digest(text: string): string;
}

/**
 * A whole page. It runs no script and asks for nothing: the policy allows the one inline stylesheet, by its hash, and
 * the icon. It therefore works from a file as well as from any server.
 */
export function renderDocument(frame: Frame, main: Html): string {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${frame.digest(STYLESHEET)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Fairtrial ${frame.toolVersion}">
<title>${frame.title}</title>
<link rel="icon" href="${ICON}">
${styleElement(STYLESHEET)}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="site"><a href="${frame.home}"${frame.isHome && html` aria-current="page"`}>${frame.project}</a><span>Experiments</span></header>
<main id="main">
${main}
</main>
<footer class="site">Made by Fairtrial ${frame.toolVersion}. The plan is on record before the evidence.</footer>
</body>
</html>
`;
  return textOf(page);
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 8h12M2 5v6M14 5v6' stroke='%23567' stroke-width='1.5'/%3E%3Ccircle cx='8' cy='8' r='3' fill='%23567'/%3E%3C/svg%3E";
