import { setTimeout as pause } from 'node:timers/promises';
import type { WaitPolicy } from '../shared/beside-torch.ts';
import { median } from '../shared/median.ts';
import { LABELS } from './cases.ts';
import type { Case } from './cases.ts';
import { createOurTrainer } from './ours.ts';
import { LAYOUTS } from './peer.ts';
import type { Layout, TorchPeer } from './peer.ts';

/** One way to run PyTorch. */
export interface Way {
  layout: Layout;
  policy: WaitPolicy;
}

export interface Result {
  title: string;
  parameters: number;
  steps: number;
  /** Images a second, the median round. */
  ours: number;
  /** The faster policy of waiting, for each layout. */
  theirs: Record<Layout, number>;
  best: Way;
  ratio: number;
  /** The ratio in each round. */
  rounds: number[];
}

export const ROUNDS = 9;
const WARM_UP_STEPS = 1;
const ROUND_SECONDS = 0.7;
const MOST_STEPS = 40;
const FEWEST_STEPS = 1;
/** In which the threads of the side that has just run come to rest. */
const REST_MS = 200;

interface Runner {
  /** Null for ours. */
  way: Way | null;
  run: (steps: number) => Promise<number>;
  /** Images a second, round by round. */
  rates: number[];
}

/** Ours and all ways of PyTorch in turn, round by round. */
export async function measureCase({ title, recipe }: Case, peers: readonly TorchPeer[]): Promise<Result> {
  const our = createOurTrainer(recipe, LABELS);
  const ours: Runner = { way: null, run: (steps) => Promise.resolve(our.run(steps)), rates: [] };
  const theirs: Runner[] = [];
  for (const peer of peers) {
    for (const layout of LAYOUTS) {
      const count = await peer.create(recipe, LABELS, layout);
      if (count !== our.parameters) throw new Error(`${title}: PyTorch's network has ${count} parameters, ours ${our.parameters}.`);
      theirs.push({ way: { layout, policy: peer.policy }, run: (steps) => peer.run(layout, steps), rates: [] });
    }
  }
  for (const { run } of [ours, ...theirs]) await run(WARM_UP_STEPS);
  const stepsPerSecond = WARM_UP_STEPS / our.run(WARM_UP_STEPS);
  const steps = Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, Math.ceil(ROUND_SECONDS * stepsPerSecond)));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { run, rates } of [ours, ...theirs]) {
      await pause(REST_MS);
      rates.push((steps * LABELS.length) / (await run(steps)));
    }
  }
  our.dispose();
  const fastest = (runners: Runner[]) => runners.reduce((best, other) => (median(other.rates) > median(best.rates) ? other : best));
  const best = fastest(theirs);
  const ofLayout = (layout: Layout) => median(fastest(theirs.filter(({ way }) => way?.layout === layout)).rates);
  return {
    title, parameters: our.parameters, steps, ours: median(ours.rates), best: best.way!,
    theirs: { NCHW: ofLayout('NCHW'), channels_last: ofLayout('channels_last') },
    ratio: median(ours.rates) / median(best.rates), rounds: ours.rates.map((rate, round) => rate / best.rates[round]!),
  };
}
