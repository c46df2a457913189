/** What a run of load is for; each stage is a time and the load at its end, in multiples of the base load. */
export interface Scenario {
  readonly summary: string;
  readonly stages: readonly Stage[];
}

interface Stage {
  readonly seconds: number;
  readonly times: number;
}

const minute = 60;

/** The kinds of runs, each for another question. */
export const scenarios = {
  smoke: {
    summary: "one request a second in all: does every critical path answer",
    stages: [{ seconds: minute, times: 1 }],
  },
  load: {
    summary: "a usual day's peak, held for ten minutes",
    stages: [
      { seconds: 2 * minute, times: 1 },
      { seconds: 10 * minute, times: 1 },
      { seconds: 2 * minute, times: 0 },
    ],
  },
  spike: {
    summary: "ten times the load within a minute, held for five, and back",
    stages: [
      { seconds: 2 * minute, times: 1 },
      { seconds: minute, times: 10 },
      { seconds: 5 * minute, times: 10 },
      { seconds: minute, times: 1 },
      { seconds: 5 * minute, times: 1 },
    ],
  },
  soak: {
    summary: "a usual load for four hours: what leaks shows",
    stages: [
      { seconds: 5 * minute, times: 1 },
      { seconds: 240 * minute, times: 1 },
    ],
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
export const scenarioNames = Object.keys(scenarios) as ScenarioName[];

/** The highest load of a scenario, in multiples of the base load. */
export function highestLoad(name: ScenarioName): number {
  return Math.max(...scenarios[name].stages.map(({ times }) => times));
}
