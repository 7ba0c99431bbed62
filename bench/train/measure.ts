import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../shared/median.ts';
import { LABELS } from './cases.ts';
import type { Case } from './cases.ts';
import { createOurTrainer } from './ours.ts';
import { LAYOUTS } from './peer.ts';
import type { Layout, TorchPeer } from './peer.ts';

export interface Result {
  title: string;
  parameters: number;
  steps: number;
  /** Images a second, the median round. */
  ours: number;
  theirs: Record<Layout, number>;
  best: Layout;
  ratio: number;
  /** The ratio in each round. */
  rounds: number[];
}

export const ROUNDS = 5;
const WARM_UP_STEPS = 1;
const ROUND_SECONDS = 1;
const MOST_STEPS = 40;
const FEWEST_STEPS = 2;
/** In which the threads of the side that has just run come to rest. */
const REST_MS = 200;

type Runner = (steps: number) => Promise<number>;

/** Ours and both layouts of PyTorch in turn, round by round. */
export async function measureCase({ title, recipe }: Case, peer: TorchPeer): Promise<Result> {
  const our = createOurTrainer(recipe, LABELS);
  for (const layout of LAYOUTS) {
    const count = await peer.create(recipe, LABELS, layout);
    if (count !== our.parameters) throw new Error(`${title}: PyTorch's network has ${count} parameters, ours ${our.parameters}.`);
  }
  const runners: [name: 'ours' | Layout, run: Runner][] = [
    ['ours', (steps) => Promise.resolve(our.run(steps))],
    ...LAYOUTS.map((layout): [Layout, Runner] => [layout, (steps) => peer.run(layout, steps)]),
  ];
  for (const [, run] of runners) await run(WARM_UP_STEPS);
  const stepsPerSecond = WARM_UP_STEPS / our.run(WARM_UP_STEPS);
  const steps = Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, Math.ceil(ROUND_SECONDS * stepsPerSecond)));
  const rates: Record<'ours' | Layout, number[]> = { ours: [], NCHW: [], channels_last: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of runners) {
      await pause(REST_MS);
      rates[name].push((steps * LABELS.length) / (await run(steps)));
    }
  }
  our.dispose();
  return summarize({ title, parameters: our.parameters, steps }, rates);
}

function summarize(about: Pick<Result, 'title' | 'parameters' | 'steps'>, rates: Record<'ours' | Layout, number[]>): Result {
  const ours = median(rates.ours);
  const theirs = { NCHW: median(rates.NCHW), channels_last: median(rates.channels_last) };
  const best: Layout = theirs.NCHW > theirs.channels_last ? 'NCHW' : 'channels_last';
  const rounds = rates.ours.map((rate, index) => rate / rates[best][index]!);
  return { ...about, ours, theirs, best, ratio: ours / theirs[best], rounds };
}
