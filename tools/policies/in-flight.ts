/** Starts work in the order given, so much of it at a time. */
export function limitInFlight(limit: number): <T>(start: () => Promise<T>) => Promise<T> {
  let running = 0;
  let resumed = 0;
  const waiting: (() => void)[] = [];
  /** A place that becomes free goes to whoever has waited longest. */
  const leave = (): void => {
    const resume = waiting[resumed];
    if (resume === undefined) {
      running -= 1;
    } else {
      resumed += 1;
      resume();
    }
  };
  return async (start) => {
    if (running < limit) running += 1;
    else await new Promise<void>((resume) => waiting.push(resume));
    try {
      return await start();
    } finally {
      leave();
    }
  };
}
