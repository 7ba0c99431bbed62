/** The colours of a chart. Mated is blue and non-mated orange everywhere, told apart by colour-blind eyes as well. */
export interface Ink {
  /** Behind the chart; null leaves it open. */
  readonly ground: string | null;
  readonly text: string;
  readonly faint: string;
  readonly grid: string;
  readonly shade: string;
  /** Drawn around words that lie on curves. */
  readonly halo: string;
  readonly mated: string;
  readonly nonMated: string;
  readonly threshold: string;
  /** Systems and runs in the order they are drawn; each has its own dash as well (`dashOf`). */
  readonly systems: readonly string[];
}

/** Follows the window's light or dark scheme: the page's style sheet gives the values. */
export const screenInk: Ink = {
  ground: null,
  text: 'var(--chart-text)',
  faint: 'var(--chart-faint)',
  grid: 'var(--chart-grid)',
  shade: 'var(--chart-shade)',
  halo: 'var(--chart-halo)',
  mated: 'var(--chart-mated)',
  nonMated: 'var(--chart-non-mated)',
  threshold: 'var(--chart-threshold)',
  systems: ['var(--chart-system-1)', 'var(--chart-system-2)', 'var(--chart-system-3)', 'var(--chart-system-4)', 'var(--chart-system-5)', 'var(--chart-system-6)'],
};

/** For files: explicit colours on white paper, so that the figure needs nothing beside itself. */
export const paperInk: Ink = {
  ground: '#ffffff',
  text: '#1c2326',
  faint: '#5d686d',
  grid: '#e4e8ea',
  shade: '#eef1f2',
  halo: '#ffffff',
  mated: '#1567b0',
  nonMated: '#c8620a',
  threshold: '#1c2326',
  systems: ['#0f5f52', '#8a4b9e', '#7a6a3d', '#b03a52', '#4a5560', '#5a55c8'],
};

const DASHES = ['none', '6 3', '2 3', '8 3 2 3', '12 4', '1 2 5 2'] as const;

/** The dash that goes with a system's colour: a figure printed in grey still tells them apart. */
export const dashOf = (index: number): string => DASHES[index % DASHES.length]!;

export const systemColor = (ink: Ink, index: number): string => ink.systems[index % ink.systems.length]!;
