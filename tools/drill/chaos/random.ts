/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** 0 or more, less than 1. */
  readonly next: () => number;
  /** One of them, undefined of none. */
  readonly pick: <T>(items: readonly T[]) => T | undefined;
}

/** Mulberry32. @see https://github.com/cprosche/mulberry32 */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, pick: (items) => items[Math.floor(next() * items.length)] };
}
