/**
 * The one stylesheet, inlined into every page. Text reaches a contrast of 4.5 and marks of 3 on every ground, light
 * and dark. Glyphs and the axis above them have the same cell padding, so that their zero lines meet.
 */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --raised: #f5f3ec; --rule: #dedad0; --ink: #1d1b18; --quiet: #5d5850; --link: #1f5480;
  --good: #1a6347; --good-ground: #e8f3ec; --bad: #9c2a1e; --bad-ground: #faebe7;
  --waiting: #24557f; --waiting-ground: #e9f0f6; --open: #5a4f7a; --open-ground: #efedf5;
  --broken: #7d4d00; --broken-ground: #faf0db; --mark: #55504a; --zero: #938d82;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", "URW Palladio L", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171614; --raised: #201f1c; --rule: #3a3732; --ink: #ece8e0; --quiet: #aea89d; --link: #8fbfe8;
    --good: #7fcfa8; --good-ground: #16291f; --bad: #f39a8a; --bad-ground: #331b17;
    --waiting: #93c0e6; --waiting-ground: #172636; --open: #bdb0e3; --open-ground: #252133;
    --broken: #e6bb6a; --broken-ground: #30260f; --mark: #bdb7ab; --zero: #7d776c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 80rem; padding: 0 clamp(1rem, 3vw, 2rem);
  background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); overflow-wrap: anywhere;
}
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 0.06em; }
a:hover { text-decoration-thickness: 0.12em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font-family: var(--mono); font-size: 0.875em; }
p, ul, dl { margin: 0.5rem 0; }
small, .note, .quiet { color: var(--quiet); font-size: 0.8125rem; font-weight: 400; }
.hidden, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { position: absolute; top: 0.5rem; left: 0.5rem; padding: 0.5rem 0.75rem; background: var(--raised); }

header.site, footer.site { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; padding: 1.25rem 0 0.75rem; color: var(--quiet); font-size: 0.875rem; }
header.site a { color: inherit; font-weight: 600; }
header.site span::before { content: "/"; margin-right: 0.75rem; color: var(--zero); }
footer.site { margin-top: 3rem; padding: 1rem 0 2rem; border-top: 1px solid var(--rule); }

h1, h2, .summary { font-family: var(--serif); text-wrap: pretty; }
h1 { margin: 1rem 0 0.25rem; font-size: clamp(1.75rem, 4vw, 2.375rem); font-weight: 600; line-height: 1.15; letter-spacing: -0.01em; }
h2 { margin: 0 0 0.75rem; font-size: 1.375rem; font-weight: 600; line-height: 1.25; }
h3 { margin: 1.25rem 0 0.25rem; font-size: 0.875rem; font-weight: 600; }
section { margin-top: 2.75rem; }
.heading { margin-bottom: 1.5rem; }
.meta, .totals { display: flex; flex-wrap: wrap; align-items: center; gap: 0.375rem 1rem; margin: 0.625rem 0 0; padding: 0; color: var(--quiet); font-size: 0.9375rem; list-style: none; }
.totals strong { color: var(--ink); font-size: 1.125rem; }

.icon, .key { flex: none; width: 1rem; height: 1rem; vertical-align: -0.15em; }
.icon { fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.chip { display: inline-flex; align-items: center; gap: 0.375rem; padding: 0.0625rem 0.625rem 0.0625rem 0.4375rem; border: 1px solid currentColor; border-radius: 1rem; font: 600 0.8125rem/1.5 var(--sans); white-space: nowrap; }
.chip.status { padding-left: 0.625rem; color: var(--quiet); }
.good { --tone: var(--good); --ground: var(--good-ground); }
.bad { --tone: var(--bad); --ground: var(--bad-ground); }
.waiting { --tone: var(--waiting); --ground: var(--waiting-ground); }
.open { --tone: var(--open); --ground: var(--open-ground); }
.broken, .simulated { --tone: var(--broken); --ground: var(--broken-ground); }
.chip:not(.status) { color: var(--tone); background: var(--ground); }

.verdict { margin-top: 0; padding: 1.25rem clamp(1rem, 3vw, 1.75rem) 1.125rem; border-left: 0.375rem solid var(--tone); border-radius: 0.25rem; background: var(--ground); }
.label { margin: 0; color: var(--quiet); font: 600 0.8125rem/1.5 var(--sans); }
.verdict .label { display: flex; flex-wrap: wrap; align-items: center; gap: 0.625rem; }
.verdict .quiet, .verdict .label, .verdict .meaning { color: var(--ink); }
.summary { max-width: 52rem; margin: 0.625rem 0 0.25rem; font-size: clamp(1.25rem, 2.6vw, 1.625rem); line-height: 1.3; }
.meaning { max-width: 52rem; margin-top: 0; }
.verdict ul { max-width: 58rem; margin: 0.25rem 0; padding-left: 1.125rem; }
.verdict li { margin: 0.1875rem 0; }
.verdict li::marker { color: var(--tone); }
.notice { max-width: 58rem; margin: 0.75rem 0 1.25rem; padding: 0.5rem 0.875rem; border: 1px solid var(--tone, var(--rule)); border-radius: 0.25rem; background: var(--ground, var(--raised)); }

.strip { display: flex; flex-wrap: wrap; gap: 1px; margin: 0 0 1rem; padding: 0; border: 1px solid var(--rule); border-radius: 0.25rem; background: var(--rule); list-style: none; overflow: hidden; }
.strip li { display: flex; flex: 1 1 13rem; flex-direction: column; padding: 0.625rem 0.875rem; background: var(--paper); }
.strip strong { display: flex; align-items: center; gap: 0.375rem; font-size: 1.0625rem; font-variant-numeric: tabular-nums; }
.strip .warning strong { color: var(--broken); }
.strip .failed strong { color: var(--bad); }

.scroll { overflow-x: auto; margin: 1rem 0; }
table { min-width: min(100%, 34rem); border-collapse: collapse; font-size: 0.9375rem; font-variant-numeric: tabular-nums lining-nums; }
caption { padding: 0 0 0.375rem; font-weight: 600; text-align: left; }
caption .note { margin-left: 0.375rem; }
th, td { padding: 0.4375rem 1rem 0.4375rem 0; border-bottom: 1px solid var(--rule); line-height: 1.4; vertical-align: top; text-align: left; overflow-wrap: break-word; }
th:last-child, td:last-child { padding-right: 0.25rem; }
thead th { color: var(--quiet); font-size: 0.8125rem; font-weight: 600; vertical-align: bottom; border-bottom-color: var(--zero); }
tbody th { max-width: 22rem; font-weight: 600; }
.number { text-align: right; }
td.number small { white-space: nowrap; }
td > small, th > small, th > code { display: block; font-weight: 400; }
th > code { color: var(--quiet); font-size: 0.8125rem; }
td time, .axis { white-space: nowrap; }
.arm { display: block; font-size: 0.8125rem; }

.results, .overview { width: 100%; }
.overview caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.results th, .results td { padding-right: 0.75rem; }
.results .group th { padding-top: 1.125rem; }
.results .metric { min-width: 10.5rem; }
.results .lift { font-weight: 600; }
.results td[data-label="p"] { white-space: nowrap; }
.results .reading { min-width: 9.5rem; max-width: 13rem; }
.results .key, .results .icon { margin-right: 0.375rem; }
.doubt { font-style: italic; }
.unfair .results td, .unfair .results .metric { color: var(--quiet); font-weight: 400; }
.unfair .mark.mark { --shade: var(--zero); }
.glyph { display: block; }
td.axis .glyph { margin: -0.25rem 0; }
.zero { stroke: var(--zero); stroke-width: 1; stroke-dasharray: 2 2; fill: none; }
.tick { stroke: var(--zero); stroke-width: 1; }
.tick-label { fill: var(--quiet); font: 400 11px var(--sans); font-variant-numeric: tabular-nums; }
.margin { stroke: var(--broken); stroke-width: 1.75; fill: none; }
.mark { --shade: var(--mark); }
.mark.better { --shade: var(--good); }
.mark.worse { --shade: var(--bad); }
.interval { stroke: var(--shade); stroke-width: 2.25; }
.cap { stroke: var(--shade); stroke-width: 1.75; fill: none; }
.point { fill: var(--shade); stroke: var(--paper); stroke-width: 1.5; }
.mark.open .point { fill: var(--paper); stroke: var(--shade); stroke-width: 1.75; }
.series { display: block; width: 100%; max-width: 40rem; height: auto; }
.series path { fill: none; }
.series .fixed { stroke: var(--rule); stroke-width: 5; }
.series .sequence { stroke: var(--waiting); stroke-width: 1.5; stroke-dasharray: 5 3; }
.series .repeated { stroke: var(--open); stroke-width: 2; }
.series .bar-interval { stroke: var(--mark); stroke-width: 1.75; }
.series .dot { fill: var(--paper); stroke: var(--mark); stroke-width: 1.75; }
.series .estimate { stroke: var(--mark); stroke-width: 2.25; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; padding: 0; color: var(--quiet); font-size: 0.8125rem; list-style: none; }
.progress { margin-right: 0.5rem; vertical-align: 0.1em; }
.track { fill: var(--rule); }
.bar { fill: var(--mark); }

.split { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 0 3rem; align-items: start; }
dl div { display: grid; grid-template-columns: minmax(8rem, 12rem) minmax(0, 1fr); gap: 0.125rem 1rem; padding: 0.3125rem 0; border-bottom: 1px solid var(--rule); }
dl { max-width: 58rem; font-size: 0.9375rem; }
dt { color: var(--quiet); }
dd { margin: 0; font-variant-numeric: tabular-nums; }
details { margin: 0.75rem 0; }
summary { width: fit-content; padding: 0.25rem 0; color: var(--link); cursor: pointer; }
pre { max-height: 32rem; margin: 0.5rem 0; padding: 0.75rem 1rem; overflow: auto; border: 1px solid var(--rule); border-radius: 0.25rem; background: var(--raised); line-height: 1.5; white-space: pre-wrap; }

@media (max-width: 75rem) { .results td.number small { white-space: normal; text-wrap: balance; } }
@media (max-width: 60rem) {
  .stack, .stack tbody, .stack thead, .stack caption { display: block; }
  .stack thead tr { display: block; }
  .stack thead th:not(.axis) { display: none; }
  .stack th.axis { display: block; border: 0; padding: 0.25rem 0 0; }
  .stack tbody tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: 0.375rem 1rem; padding: 0.75rem 0; border-bottom: 1px solid var(--rule); }
  .stack tbody th, .stack td { display: block; max-width: none; padding: 0; border: 0; text-align: left; }
  .stack tbody th, .stack td.axis { grid-column: 1 / -1; }
  .stack td.axis { order: -1; }
  .stack tbody th { order: -2; font-size: 1.0625rem; }
  .stack tbody tr.group { padding: 1rem 0 0.25rem; }
  .stack .group th { padding: 0; font-size: 0.9375rem; }
  .stack td[data-label]::before { display: block; color: var(--quiet); font-size: 0.8125rem; font-weight: 400; content: attr(data-label); }
  .stack td:empty, .results .arm { display: none; }
}
@media (max-width: 34rem) {
  dl div { grid-template-columns: 1fr; }
  th, td { padding-right: 0.625rem; }
}
@media (prefers-reduced-motion: no-preference) { a { transition: text-decoration-thickness 120ms; } }
@media (forced-colors: active) {
  .interval, .cap, .zero, .tick, .margin, .icon { stroke: CanvasText; }
  .point, .bar, .tick-label { fill: CanvasText; }
  .point { stroke: Canvas; }
  .mark.open .point { fill: Canvas; stroke: CanvasText; }
  .series path, .series .dot { stroke: CanvasText; }
  .series .dot { fill: Canvas; }
  .track { fill: Canvas; stroke: CanvasText; }
}
@media print {
  :root { --paper: #fff; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .skip, details { display: none; }
  section, tr, .strip, dl div { break-inside: avoid; }
  section.metrics { break-inside: auto; }
  h2, h3, caption { break-after: avoid; }
  .scroll { overflow: visible; }
  th, td, td time, td.number small { overflow-wrap: anywhere; white-space: normal; }
  a { color: inherit; }
}
`;
