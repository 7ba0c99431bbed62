import { SegmentedControl } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { Look, PipelineName } from '../../../contract/requests/inspections.ts';
import type { SamplePolicy } from '../../../contract/requests/policy.ts';
import type { SeveralChoice } from '../../../contract/vocabulary.ts';
import { bridge } from '../../bridge.ts';
import { askKey, useAsk } from '../../desk/ask.ts';
import { usePipeline, useTakesMiddle } from '../../desk/use-pipeline.ts';
import classes from './seen.module.css';

interface SeveralFieldProps {
  place: keyof SamplePolicy['several'];
  imageIds: readonly string[];
  /** Null: as the lab's policy says. */
  value: SeveralChoice | null;
  onChange: (value: SeveralChoice) => void;
}

const choiceWords: Record<SeveralChoice, string> = { one: 'Refuse', largest: 'Take the largest', all: 'Take each' };
const nouns: Record<PipelineName, string> = { face: 'faces', finger: 'fingers' };

/** Where a picture shows several faces or fingers a person says what is to happen; there is nothing to say where none does. */
export function SeveralField({ place, imageIds, value, onChange }: SeveralFieldProps) {
  const pipeline = usePipeline();
  const most = useMostSeen(imageIds, pipeline);
  const { data: policy } = useAsk('policy.get', {});
  if (useTakesMiddle() || most < 2 || !policy) return null;
  const choices: SeveralChoice[] = place === 'identify' ? ['one', 'largest', 'all'] : ['one', 'largest'];
  const label = `${most} ${nouns[pipeline]} are in ${imageIds.length === 1 ? 'this picture' : 'a picture'}`;
  return (
    <div className={classes.several}>
      <span className={classes.reason}>{label}:</span>
      <SegmentedControl size="xs" aria-label={label} value={value ?? policy.several[place]} data={choices.map((choice) => ({ value: choice, label: choiceWords[choice] }))} onChange={(choice) => onChange(choice as SeveralChoice)} />
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
