import { Tooltip, UnstyledButton } from '@mantine/core';
import { useAsk } from '../desk/ask.ts';
import { useMay } from '../desk/use-session.ts';
import { usePipeline } from '../desk/use-pipeline.ts';
import { Picture } from './picture.tsx';
import type { Probe } from './probe-picker.tsx';
import classes from './sample-strip.module.css';

const SHOWN = 14;

/** Pictures of people the model never saw in training: the test part of the demo's dataset, or of the first one of its kind. */
export function SampleStrip({ chosen, onChoose }: { chosen: string | null; onChoose: (probe: Probe) => void }) {
  const pipeline = usePipeline();
  const { data: datasets } = useAsk('datasets.list', {}, { enabled: useMay()('datasets.list') });
  const ready = (datasets ?? []).filter((dataset) => dataset.state === 'ready' && dataset.modality === pipeline);
  const dataset = ready.find(({ isDemo }) => isDemo) ?? ready[0];
  const { data } = useAsk('datasets.subjects', { datasetId: dataset?.id ?? '', part: 'test', limit: SHOWN }, { enabled: dataset !== undefined });
  const samples = (data?.subjects ?? []).flatMap(({ name, images }) => {
    const last = images.at(-1);
    return last ? [{ imageId: last.imageId, name: `${name}, ${fileNameOf(last.path)}` }] : [];
  });
  if (samples.length === 0) return null;
  return (
    <div>
      <div className={classes.words}>Or try a sample of {dataset?.name}:</div>
      <div className={classes.strip} role="group" aria-label="Samples to try">
        {samples.map((sample) => (
          <Tooltip key={sample.imageId} label={sample.name}>
            <UnstyledButton className={classes.sample ?? ''} aria-pressed={chosen === sample.imageId} aria-label={`Try ${sample.name}`} onClick={() => onChoose(sample)}>
              <Picture imageId={sample.imageId} alt="" size={48} />
            </UnstyledButton>
          </Tooltip>
        ))}
      </div>
    </div>
  );
}

const fileNameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
