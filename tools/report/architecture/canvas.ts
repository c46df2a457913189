import { html, type Html } from "../html";

/** Position and size, in the picture's own units: one is a pixel at full size. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface TextPlace {
  readonly x: number;
  readonly y: number;
  /** Longer text is cut, and shown whole as a tooltip. */
  readonly width: number;
  readonly anchor?: "start" | "middle" | "end";
}

/** A drawn part and the height it took. */
export interface Drawn {
  readonly markup: Html;
  readonly height: number;
}

export function drawBox({ x, y, width, height }: Box, kind: string): Html {
  return html`<rect
    class="${kind}"
    x="${x}"
    y="${y}"
    width="${width}"
    height="${height}"
    rx="6"
  />`;
}

/** Sizes of the text classes in the page's style sheet; a letter of the fonts in use is 0.56 of it wide on average. */
const textSizes = { title: 15, label: 13, small: 12 } as const;
export type TextKind = keyof typeof textSizes;
const letterWidth = 0.56;

export function drawText(text: string, place: TextPlace, kind: TextKind = "label"): Html {
  const { x, y, width, anchor = "start" } = place;
  const room = Math.max(1, Math.floor(width / (textSizes[kind] * letterWidth)));
  const shown = text.length <= room ? text : `${text.slice(0, room - 1)}…`;
  const whole = shown === text ? undefined : html`<title>${text}</title>`;
  return html`<text class="text-${kind}" x="${x}" y="${y}" text-anchor="${anchor}"
    >${whole}${shown}</text
  >`;
}

/** Breaks a list into lines that fit; a single entry is never broken. */
export function wrapList(entries: readonly string[], width: number, kind: TextKind): string[] {
  const room = Math.floor(width / (textSizes[kind] * letterWidth));
  const lines: string[] = [];
  let line = "";
  for (const entry of entries) {
    const longer = line === "" ? entry : `${line}, ${entry}`;
    if (longer.length > room && line !== "") {
      lines.push(`${line},`);
      line = entry;
    } else {
      line = longer;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** Equal columns with a gap between them. */
export function columns(row: Pick<Box, "x" | "width">, count: number, gap: number) {
  const width = (row.width - gap * (count - 1)) / count;
  return Array.from({ length: count }, (_, index) => ({ x: row.x + index * (width + gap), width }));
}
