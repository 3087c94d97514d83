/** How a report looks: as the lab does (src/app/style.css), on a screen of any width, light or dark, and on paper. */
export const STYLE = /* css */ `
:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #14181d);
  --ground: light-dark(#f5f6f8, #0d1014);
  --ink: light-dark(#1c2127, #e8ebee);
  --muted: light-dark(#58616b, #a3acb6);
  --line: light-dark(#dfe3e8, #2a3038);
  --good: light-dark(#14693c, #6fd39b);
  --bad: light-dark(#a81d14, #ff9f92);
  --focus: light-dark(#0b5cad, #7cb8ff);
  font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
}

* { box-sizing: border-box; }
[hidden] { display: none; }
body { margin: 0 auto; max-width: 64rem; padding: clamp(1rem, 4vw, 3rem) clamp(0.75rem, 3vw, 2rem); background: var(--ground); color: var(--ink); }
h1, h2, h3, p, dl, dd, figure, pre { margin: 0; }
header, section { display: grid; gap: 0.75rem; min-width: 0; }
header { margin-bottom: 1.5rem; }

.eyebrow { color: var(--muted); font-size: 0.875rem; margin-bottom: -0.625rem; }
h1 { font-size: clamp(1.375rem, 4vw, 1.875rem); font-weight: 650; letter-spacing: -0.015em; line-height: 1.2; overflow-wrap: anywhere; }
h2 { font-size: 1.125rem; font-weight: 600; line-height: 1.3; }
h3 { font-size: 0.9375rem; font-weight: 600; line-height: 1.3; }
section > h3 { padding-top: 0.75rem; margin-bottom: -0.5rem; }

.law, table i { font-family: "Iowan Old Style", Georgia, "Liberation Serif", serif; }
.law { font-size: clamp(1.125rem, 3.4vw, 1.625rem); line-height: 1.4; }
.law.growth { font-size: 1.125rem; margin-top: -0.5rem; }
sup, sub { font-size: 0.72em; line-height: 0; }
.note, figcaption, small, .interval { color: var(--muted); font-size: 0.875rem; }

.verdict, .warning { padding: 0.625rem 1rem; border: 1px solid var(--line); border-left: 3px solid var(--muted); background: var(--paper); overflow-wrap: anywhere; }
.verdict.pass { border-left-color: var(--good); }
.verdict.fail, .warning { border-left-color: var(--bad); }

.reproduced { color: var(--good); }
.differs { color: var(--bad); }
.totals { font-size: 1.125rem; font-weight: 600; }
ul, ol { margin: 0; padding-left: 1.375rem; max-width: 78ch; overflow-wrap: anywhere; }
ol { color: var(--muted); font-size: 0.875rem; }
a { color: var(--focus); }

main { display: grid; gap: 1rem; }
section { padding: clamp(0.875rem, 2.5vw, 1.5rem); border: 1px solid var(--line); border-radius: 0.5rem; background: var(--paper); grid-template-columns: minmax(0, 1fr); }
section p { max-width: 78ch; overflow-wrap: anywhere; }

.scroll { overflow-x: auto; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.9375rem; }
th, td { padding: 0.3125rem 0 0.3125rem 1rem; text-align: right; vertical-align: baseline; font-weight: 400; white-space: nowrap; }
th:first-child { padding-left: 0; }
.words { text-align: left; }
thead th { color: var(--muted); border-bottom: 1px solid var(--line); font-size: 0.875rem; vertical-align: bottom; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
td.words { color: var(--muted); font-size: 0.875rem; }
:is(th, td).words:not(:first-child) { padding-left: 1.75rem; }
table i { font-size: 1.0625rem; }
.interval { display: block; font-size: 0.8125rem; }
.wraps :is(.words, thead th) { white-space: normal; min-width: 5.5rem; overflow-wrap: normal; }
.wraps .heading { padding-top: 0.75rem; color: var(--muted); font-size: 0.875rem; }
.where { display: block; color: var(--muted); font-size: 0.8125rem; }
.lines { display: block; min-width: 12rem; white-space: normal; }

dl { display: grid; gap: 0.25rem; font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
dl > div { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: 0.75rem; }
dt { color: var(--muted); }
dd { overflow-wrap: anywhere; }
pre { font: 0.8125rem/1.5 ui-monospace, "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace; }

figure { display: grid; gap: 0.375rem; grid-template-columns: minmax(0, 1fr); padding-top: 1rem; }
figure + figure { border-top: 1px solid var(--line); }
.chart { height: 35rem; }
figcaption { max-width: 78ch; }

footer { display: grid; gap: 0.5rem; margin-top: 1.5rem; color: var(--muted); font-size: 0.875rem; }
button { padding: 0.3125rem 0.75rem; border: 1px solid var(--line); border-radius: 0.375rem; background: var(--paper); color: var(--ink); font: inherit; cursor: pointer; }
button:hover { border-color: var(--muted); }

@media (max-width: 48rem) {
  body { padding-inline: 0.5rem; }
  header, footer { padding-inline: 0.25rem; }
  section { padding-inline: 0.625rem; }
  .wraps { font-size: 0.875rem; }
  .wraps :is(th, td, th.words, td.words):not(:first-child) { padding-left: 0.625rem; }
  .chart { height: 26rem; margin-inline: -0.625rem; }
  dl > div { grid-template-columns: 1fr; gap: 0; }
  dt:empty { display: none; }
}

/* For paper the script draws the charts anew: as large as on a screen, then as wide as a page, A4 or Letter. */
:root.printing { color-scheme: light; }
:root.printing .chart { width: 900px; height: 560px; margin: 0; zoom: 0.72; }

@media print {
  :root { color-scheme: light; font-size: 87.5%; }
  body { max-width: none; padding: 0; background: none; }
  section { border: 0; padding: 0.75rem 0; }
  figure, tr, .verdict { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  button { display: none; }
  .scroll { overflow: visible; }
}
`;
