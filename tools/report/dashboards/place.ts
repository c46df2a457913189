export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const colours = {
  page: "#f4f5f8",
  panel: "#ffffff",
  line: "#d5dae2",
  ink: "#1b2230",
  muted: "#566072",
  series: ["#2f66c4", "#c47a1f", "#17693f", "#8a3ea8"],
  limits: { green: "#17693f", orange: "#b36b00", red: "#b3261e" },
} as const;

/** A letter is about this share of its height wide. */
const letter = 0.56;

function lettersIn(width: number, size: number): number {
  return Math.max(1, Math.floor(width / (size * letter)));
}

/** Text that fits, with dots where some is left out. */
export function cut(text: string, width: number, size: number): string {
  const most = lettersIn(width, size);
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

/** Text in lines that fit, as many as there is room for. */
export function wrap(text: string, { width, height }: Box, size: number): string[] {
  const most = lettersIn(width, size);
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && line.length + word.length + 1 > most) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  const room = Math.max(1, Math.floor(height / (size * 1.35)));
  return lines.length <= room ? lines : [...lines.slice(0, room - 1), "…"];
}
