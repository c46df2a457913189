import type { WriteStream } from "node:tty";

/** Paints text, or leaves it as it is where nobody looks at colours. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
}
type Paint = (text: string) => string;

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
} as const;

export function createStyle(coloured: boolean): Style {
  const paint =
    ([on, off]: readonly [number, number]): Paint =>
    (text) =>
      coloured ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: paint(codes.bold),
    dim: paint(codes.dim),
    red: paint(codes.red),
    yellow: paint(codes.yellow),
    green: paint(codes.green),
  };
}

/**
 * Colours only on a terminal, and not where NO_COLOR is set to anything.
 * @see https://no-color.org
 */
export function isColoured(
  stream: Pick<WriteStream, "isTTY">,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY && !environment["NO_COLOR"] && environment["TERM"] !== "dumb";
}
