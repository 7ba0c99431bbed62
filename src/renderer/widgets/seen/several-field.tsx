import { SegmentedControl } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { Look, PipelineName } from '../../../contract/requests/inspections.ts';
import type { SamplePolicy } from '../../../contract/requests/policy.ts';
import { bridge } from '../../bridge.ts';
import { askKey, useAsk } from '../../desk/ask.ts';
import { usePipeline, useTakesMiddle } from '../../desk/use-pipeline.ts';
import type { Shown, SeveralOrHand } from './use-shown.ts';
import classes from './seen.module.css';

interface SeveralFieldProps {
  place: keyof SamplePolicy['several'];
  imageIds: readonly string[];
  shown: Pick<Shown, 'several' | 'setSeveral'>;
}

const choiceWords: Record<SeveralOrHand, string> = { one: 'Refuse', largest: 'Take the largest', all: 'Take each', hand: 'A whole hand' };
const nouns: Record<PipelineName, string> = { face: 'faces', finger: 'fingers' };

/** Where a picture shows several faces or fingers a person says what is to happen; there is nothing to say where none does. A hand that was chosen can be taken back. */
export function SeveralField({ place, imageIds, shown: { several, setSeveral } }: SeveralFieldProps) {
  const pipeline = usePipeline();
  const most = useMostSeen(imageIds, pipeline);
  const { data: policy } = useAsk('policy.get', {});
  if (useTakesMiddle() || most === 0 || (most < 2 && several !== 'hand') || !policy) return null;
  const choices: SeveralOrHand[] = place === 'identify' ? ['one', 'largest', 'all'] : ['one', 'largest', ...(pipeline === 'finger' ? ['hand' as const] : [])];
  const seen = most === 1 ? `One ${pipeline} is` : `${most} ${nouns[pipeline]} are`;
  const label = `${seen} in ${imageIds.length === 1 ? 'this picture' : 'a picture'}`;
  return (
    <div className={classes.several}>
      <span className={classes.reason}>{label}:</span>
      <SegmentedControl size="xs" aria-label={label} value={several ?? policy.several[place]} data={choices.map((choice) => ({ value: choice, label: choiceWords[choice] }))} onChange={(choice) => setSeveral(choice as SeveralOrHand)} />
    </div>
  );
}

/** The most samples that any of these pictures shows, as far as they have been looked at. */
function useMostSeen(imageIds: readonly string[], pipeline: PipelineName): number {
  const looks = useQueries({
    queries: imageIds.map((imageId) => {
      const input = { picture: { imageId }, pipeline };
      return { queryKey: askKey('images.look', input), queryFn: () => bridge.ask('images.look', input) };
    }),
  });
  return Math.max(0, ...looks.map(({ data }) => (data as Look | undefined)?.samples.length ?? 0));
}
