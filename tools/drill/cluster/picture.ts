/** A value over time, which stays as it is until the next point. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [seconds: number, value: number])[];
}

interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
}

export interface Picture {
  readonly title: string;
  readonly seconds: number;
  readonly panels: readonly Panel[];
  readonly events: readonly { readonly seconds: number; readonly text: string }[];
  /** How a moment is written below the axis. Default: seconds. */
  readonly tick?: (seconds: number) => string;
  /** Distance of the marks on the axis. Default: a round number that fits. */
  readonly tickSeconds?: number;
}

/** Told apart by people who see few colours too. @see https://jfly.uni-koeln.de/color/ */
const colours = [
  ...["#0072b2", "#d55e00", "#009e73", "#cc79a7"],
  ...["#8a6d00", "#56b4e9", "#000000", "#7f7f7f"],
];

const width = 1000;
const left = 48;
const right = 190;
const plotWidth = width - left - right;
const panelHeight = 150;
const panelGap = 46;
const headHeight = 72;
const eventLine = 16;

/** One panel below the other over the same time, with what happened as numbered lines through all of them. */
export function drawPicture(picture: Picture): string {
  const top = headHeight;
  const bottom = top + picture.panels.length * (panelHeight + panelGap);
  const height = bottom + picture.events.length * eventLine + 24;
  const x = (seconds: number): number => left + (seconds / picture.seconds) * plotWidth;
  const body = [
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text({ x: left, y: 28, size: 18, words: picture.title }),
    ...picture.panels.flatMap((panel, index) =>
      drawPanel(panel, { x, top: top + index * (panelHeight + panelGap), picture }),
    ),
    ...picture.events.flatMap(({ seconds, text: words }, index) => [
      `<line x1="${at(x(seconds))}" x2="${at(x(seconds))}" y1="${top - 20}" y2="${bottom - panelGap}" stroke="#b00020" stroke-dasharray="3 3"/>`,
      text({
        x: x(seconds) - 3,
        y: top - 8,
        size: 11,
        words: String(index + 1),
        colour: "#b00020",
      }),
      text({
        ...{ x: left, y: bottom + 8 + index * eventLine, size: 12 },
        words: `${index + 1}  ${(picture.tick ?? inSeconds)(seconds)}  ${words}`,
      }),
    ]),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" role="img" aria-label="${escape(picture.title)}">`,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

interface PanelPlace {
  readonly x: (seconds: number) => number;
  readonly top: number;
  readonly picture: Picture;
}

function drawPanel(panel: Panel, { x, top, picture }: PanelPlace): string[] {
  const most = Math.max(
    1,
    ...panel.series.flatMap(({ points }) => points.map(([, value]) => value)),
  );
  const step = roundStep(most / 4);
  const ceiling = Math.ceil(most / step) * step;
  const y = (value: number): number => top + panelHeight - (value / ceiling) * panelHeight;
  const lines: string[] = [text({ x: left, y: top - 8, size: 13, words: panel.title })];
  for (let value = 0; value <= ceiling; value += step)
    lines.push(
      `<line x1="${left}" x2="${left + plotWidth}" y1="${at(y(value))}" y2="${at(y(value))}" stroke="#e3e3e3"/>`,
      text({ x: left - 6, y: y(value) + 4, size: 11, words: String(value), anchor: "end" }),
    );
  const tickStep = picture.tickSeconds ?? roundStep(picture.seconds / 10);
  for (let seconds = 0; seconds <= picture.seconds; seconds += tickStep)
    lines.push(
      text({
        ...{ x: x(seconds), y: top + panelHeight + 15, size: 11, anchor: "middle" },
        words: (picture.tick ?? inSeconds)(seconds),
      }),
    );
  panel.series.forEach(({ name, points }, index) => {
    const colour = colours[index % colours.length] ?? "#000000";
    // Lines of the same value lie beside each other.
    const shift = (index - (panel.series.length - 1) / 2) * 1.4;
    lines.push(
      `<path d="${steps(points, { x, y: (value) => y(value) + shift, until: picture.seconds })}" fill="none" stroke="${colour}" stroke-width="1.8"/>`,
      `<rect x="${left + plotWidth + 14}" y="${top + index * 17}" width="12" height="4" fill="${colour}"/>`,
      text({ x: left + plotWidth + 32, y: top + 6 + index * 17, size: 12, words: name }),
    );
  });
  return lines;
}

interface Scale {
  readonly x: (seconds: number) => number;
  readonly y: (value: number) => number;
  readonly until: number;
}

function steps(points: Series["points"], { x, y, until }: Scale): string {
  const [[firstSeconds, firstValue] = [0, 0], ...rest] = points;
  const parts = [`M${at(x(firstSeconds))} ${at(y(firstValue))}`];
  for (const [seconds, value] of rest) parts.push(`H${at(x(seconds))}V${at(y(value))}`);
  return `${parts.join("")}H${at(x(until))}`;
}

interface Text {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly words: string;
  readonly anchor?: "middle" | "end";
  readonly colour?: string;
}

function text({ x, y, size, words, anchor, colour = "#222222" }: Text): string {
  const place = anchor === undefined ? "" : ` text-anchor="${anchor}"`;
  return `<text x="${at(x)}" y="${at(y)}" font-size="${size}" fill="${colour}"${place}>${escape(words)}</text>`;
}

/** 1, 2 or 5 of a power of ten, and never less than 1: what is drawn is counted. */
function roundStep(about: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(about, 1)));
  return ([1, 2, 5, 10].find((factor) => factor * power >= about) ?? 10) * power;
}

function inSeconds(seconds: number): string {
  return `${seconds.toFixed(0)} s`;
}

function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escape(words: string): string {
  return words
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}
