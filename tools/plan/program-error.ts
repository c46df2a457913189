import { relative, resolve } from "node:path";
import { isErrorLike, type ErrorLike } from "./error-like";

/** The program did not come to its end: each distinct mistake once, with the lines of the program that led to it. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
  /** All stacks, for people who ask for them. */
  readonly details: string;

  constructor(reasons: readonly unknown[], projectDirectory: string) {
    const mistakes = distinct(reasons);
    super(mistakes.map((mistake) => describe(mistake, projectDirectory)).join("\n"));
    this.details = mistakes.map(({ stack, message }) => stack ?? message).join("\n\n");
  }
}

/** One rejection reaches many promises; each error is told once. */
function distinct(reasons: readonly unknown[]): ErrorLike[] {
  const byMessage = new Map<string, ErrorLike>();
  for (const reason of reasons) {
    const error = isErrorLike(reason) ? reason : { message: String(reason) };
    if (!byMessage.has(error.message)) byMessage.set(error.message, error);
  }
  return [...byMessage.values()];
}

function describe({ message, stack }: ErrorLike, projectDirectory: string): string {
  const frames = programFrames(stack ?? "", projectDirectory);
  const [innermost] = frames;
  if (innermost === undefined) return message;
  const inProgram = frames.find((frame) => /(^|\/)stacks\//.test(frame));
  const caller = inProgram !== undefined && inProgram !== innermost ? `, from ${inProgram}` : "";
  return `${message}\n  at ${innermost}${caller}`;
}

const location = /\(?((?:\/|[A-Za-z]:\\|file:\/\/)[^()]*?):(\d+):(\d+)\)?$/;

/** `file:line` of every frame that is the program's, innermost first. */
function programFrames(stack: string, projectDirectory: string): string[] {
  return stack.split("\n").flatMap((line) => {
    const match = location.exec(line.trim());
    if (!line.trimStart().startsWith("at ") || match === null) return [];
    const [, path = "", row = ""] = match;
    const file = path.replace(/^file:\/\//, "");
    return notTheProgram.test(file) || file.startsWith(tools)
      ? []
      : [`${relative(projectDirectory, file)}:${row}`];
  });
}

const tools = resolve(__dirname, "..");

/** Packages, and the class that only carries a refusal. */
const notTheProgram = /[\\/]node_modules[\\/]|[\\/]components[\\/]shared[\\/]args-error\.ts$/;
