import { Select } from '@mantine/core';
import type { FingerPosition } from '../../../contract/vocabulary.ts';
import { fingerPosition } from '../../../contract/vocabulary.ts';
import { usePipeline } from '../../desk/use-pipeline.ts';
import { asSentence } from './quality-words.ts';
import type { Shown } from './use-shown.ts';

const choices = fingerPosition.options.map((value) => ({ value, label: asSentence(value) }));

/** Which finger a picture of one finger shows; there is nothing to say of faces and of whole hands. */
export function FingerField({ shown: { several, finger, setFinger } }: { shown: Shown }) {
  const pipeline = usePipeline();
  if (pipeline !== 'finger' || several === 'hand') return null;
  return (
    <Select
      label="Finger" description="A known finger is compared with no other." placeholder="Not known" clearable
      data={choices} value={finger} onChange={(value) => setFinger(value as FingerPosition | null)}
    />
  );
}
