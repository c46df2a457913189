/** Tells on the error output what is being done: one line that is replaced on a terminal, nothing elsewhere. */
export interface Progress {
  readonly step: (text: string) => void;
  /** Clears the line. */
  readonly end: () => void;
}

export function createProgress(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { step: () => undefined, end: () => undefined };
  const clear = "\r\u001b[K";
  return {
    step: (text) => void stream.write(`${clear}${text} …`),
    end: () => void stream.write(clear),
  };
}
