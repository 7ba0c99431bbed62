import { Radio, Stack } from '@mantine/core';
import type { GalleryTransform } from '../../../contract/requests/cancelable.ts';

interface Offer {
  transform: GalleryTransform;
  label: string;
  /** What it does to accuracy and threshold. */
  effect: string;
}

const offers: readonly Offer[] = [
  { transform: 'none', label: 'None', effect: 'Full accuracy, thresholds as chosen. Templates that leaked cannot be revoked.' },
  { transform: 'random-orthogonal', label: 'Random orthogonal matrix', effect: 'Every score stays, so accuracy and threshold do too. Whoever has templates and key can undo it.' },
  { transform: 'bio-hash', label: 'BioHashing', effect: 'Keeps only signs: less accurate, and it needs a threshold of its own. Whoever has templates and key gets most of them back.' },
  { transform: 'mlp-hash', label: 'MLP-Hash', effect: 'Signs behind a random network: less accurate, and it needs a threshold of its own. Whoever has templates and key gets less of them back.' },
];

interface TransformChoiceProps {
  value: GalleryTransform;
  isDisabled: boolean;
  onChange: (transform: GalleryTransform) => void;
}

export function TransformChoice({ value, isDisabled, onChange }: TransformChoiceProps) {
  return (
    <Radio.Group label="Transform" value={value} onChange={(chosen) => { onChange(chosen as GalleryTransform); }}>
      <Stack gap={10} mt={8}>
        {offers.map(({ transform, label, effect }) => <Radio key={transform} value={transform} label={label} description={effect} disabled={isDisabled} />)}
      </Stack>
    </Radio.Group>
  );
}
