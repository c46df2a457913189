/** The page's whole style: one neutral scale, one hue per exposure, both colour schemes. */
export const styles = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --panel: #f6f7f9; --ink: #1b2230; --muted: #566072; --line: #d5dae2; --link: #1f57b8;
  --good: #17693f; --warn: #8a5300; --bad: #b3261e;
  --public: #fdf3e1; --public-line: #d9a441; --private: #e9f1fc; --private-line: #7fa6dc;
  --isolated: #f0ecfa; --isolated-line: #a493d6; --control: #e4f4f0; --control-line: #6fb5a3;
  --mark: #2f66c4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14181f; --panel: #1c222c; --ink: #e6e9ef; --muted: #a3adbd; --line: #343d4b; --link: #8db8ff;
    --good: #6fd19c; --warn: #f0b95b; --bad: #ff8f86;
    --public: #33290f; --public-line: #a67c28; --private: #182840; --private-line: #4a6fa5;
    --isolated: #272040; --isolated-line: #7563ac; --control: #15302a; --control-line: #3f8674;
    --mark: #7fb0ff;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
header, main, footer { max-width: 1280px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 32px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 20px; margin: 0 0 8px; }
h3 { font-size: 16px; margin: 24px 0 4px; }
p { margin: 8px 0; max-width: 75ch; }
section { padding: 28px 0 8px; border-top: 1px solid var(--line); margin-top: 28px; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code { font: 0.9em ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.muted, .count { color: var(--muted); }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
.facts { display: flex; flex-wrap: wrap; gap: 12px; margin: 20px 0 0; padding: 0; list-style: none; }
.facts li { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 10px 16px; min-width: 150px; flex: 1 1 150px; }
.facts strong { display: block; font-size: 22px; line-height: 1.3; font-variant-numeric: tabular-nums; }
.facts span { color: var(--muted); font-size: 14px; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; list-style: none; margin: 20px 0 0; padding: 0; }
/* Positioned, so that hidden text for screen readers is clipped with the rest. */
.scroll { position: relative; overflow-x: auto; margin: 12px 0; }
.architecture { display: block; width: 100%; min-width: 1040px; height: auto; }
figure { margin: 0; } figcaption { color: var(--muted); font-size: 14px; }
table { border-collapse: collapse; font-size: 14px; line-height: 1.4; min-width: 100%; }
caption { text-align: left; font-weight: 600; padding: 4px 0 6px; }
th, td { text-align: left; vertical-align: top; padding: 7px 12px 7px 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--muted); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 500; }
td.number { font-variant-numeric: tabular-nums; } td.value { min-width: 90px; }
td p { margin: 0; }
.badge { display: inline-block; padding: 0 8px; border-radius: 10px; border: 1px solid currentColor; font-size: 12px; color: var(--muted); }
.badge.mandatory { color: var(--bad); } .badge.advisory { color: var(--warn); }
.finding { border: 1px solid var(--line); border-left: 3px solid var(--warn); border-radius: 6px; padding: 10px 16px; margin: 12px 0; font-size: 15px; }
.finding.mandatory { border-left-color: var(--bad); }
.finding h4 { margin: 0; font-size: 15px; } .finding h4 .count { font-weight: 400; } .finding p { margin: 4px 0; color: var(--muted); }
.finding ul { margin: 8px 0 0; padding-left: 18px; } .finding li { margin: 4px 0; overflow-wrap: anywhere; }
.matrix { min-width: 0; }
.matrix th, .matrix td { border: 1px solid var(--line); padding: 4px 8px; }
.matrix td { min-width: 30px; text-align: center; }
.matrix tbody th { white-space: nowrap; position: sticky; left: 0; background: var(--page); }
.matrix thead tr:first-child th { vertical-align: bottom; }
.matrix .upright { vertical-align: bottom; padding: 8px 6px; font-size: 13px; }
.matrix .upright span { writing-mode: vertical-rl; transform: rotate(180deg); font-weight: 500; }
.matrix .group-start { border-left: 2px solid var(--muted); }
.matrix .yes::before { content: ""; display: inline-block; width: 11px; height: 11px; border-radius: 50%; background: var(--mark); }
.matrix .self { background: var(--panel); }
.matrix tbody tr:hover > * { background: var(--panel); }
.tree, .tree ul { list-style: none; margin: 0; padding: 0 0 0 18px; border-left: 1px solid var(--line); }
.tree { padding-left: 0; border-left: 0; }
.tree li { padding: 2px 0; } .tree .leaf { padding-left: 17px; } .tree .name { font-weight: 600; overflow-wrap: anywhere; }
summary { cursor: pointer; }
.open-points li { margin: 4px 0; overflow-wrap: anywhere; }
footer { color: var(--muted); font-size: 14px; padding-top: 24px; padding-bottom: 40px; }
button { font: inherit; color: var(--link); background: none; border: 1px solid var(--line); border-radius: 6px; padding: 2px 12px; cursor: pointer; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.architecture text { fill: var(--ink); font-family: inherit; }
.text-title { font-size: 15px; font-weight: 600; } .text-label { font-size: 13px; font-weight: 600; }
.architecture .text-small { font-size: 12px; fill: var(--muted); }
.architecture rect { fill: var(--page); stroke: var(--line); }
.architecture .region { fill: var(--panel); }
.architecture .vpc { stroke: var(--muted); }
.architecture .zone { fill: var(--panel); stroke-dasharray: 5 4; stroke: var(--muted); }
.architecture .subnet.public { fill: var(--public); stroke: var(--public-line); }
.architecture .subnet.private { fill: var(--private); stroke: var(--private-line); }
.architecture .subnet.isolated { fill: var(--isolated); stroke: var(--isolated-line); }
.architecture .entrance { fill: var(--public); stroke: var(--public-line); }
.architecture .workloads { fill: var(--private); stroke: var(--private-line); }
.architecture .stores { fill: var(--isolated); stroke: var(--isolated-line); }
.architecture .control { fill: var(--control); stroke: var(--control-line); }
.architecture .panel { fill: none; stroke: var(--private-line); }
.architecture .critical { stroke: var(--mark); stroke-width: 2; }
.architecture .other-region { fill: var(--panel); stroke-dasharray: 2 3; stroke: var(--muted); }
.architecture .arrow { fill: none; stroke: var(--muted); stroke-width: 1.5; }
@media (max-width: 600px) {
  header, main, footer { padding-left: 16px; padding-right: 16px; }
  h1 { font-size: 24px; } .facts li { flex-basis: 40%; min-width: 0; padding: 8px 12px; } .facts strong { font-size: 18px; }
}
@media print { .scroll { overflow: visible; } nav { display: none; } }
`;
