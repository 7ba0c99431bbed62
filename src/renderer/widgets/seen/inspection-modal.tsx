import { Modal, Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { FoundSample, PipelineName, PipelineStep } from '../../../contract/requests/inspections.ts';
import { useAsk } from '../../desk/ask.ts';
import { ErrorNote } from '../error-note.tsx';
import { asSentence, level } from './quality-words.ts';
import classes from './seen.module.css';

interface InspectionModalProps {
  imageId: string;
  pipeline: PipelineName;
  name: string;
  onClose: () => void;
}

/** Every picture between the steps of the pipeline, and every measure of quality. */
export function InspectionModal({ imageId, pipeline, name, onClose }: InspectionModalProps) {
  const { data, error } = useAsk('images.inspect', { imageId, pipeline });
  return (
    <Modal opened onClose={onClose} size="xl" title={`What the machine saw in ${name}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <ErrorNote error={error} />
      {!data && !error && <Skeleton height={360} radius="md" />}
      {data && (
        <>
          <ol className={classes.steps}>
            {data.steps.map((step) => <Step key={step.name} step={step} />)}
          </ol>
          {data.samples.map((sample) => <Measures key={sample.label} sample={sample} />)}
          {data.samples.length === 0 && <p className={classes.reason}>{pipeline === 'face' ? 'No face was found: nothing more could be done.' : 'No finger was found: nothing more could be done.'}</p>}
        </>
      )}
    </Modal>
  );
}

function Step({ step: { png, title } }: { step: PipelineStep }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([new Uint8Array(png)], { type: 'image/png' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [png]);
  return (
    <li>
      <figure className={classes.step}>
        <span className={classes.stepPicture}>{address && <img src={address} alt={title} draggable={false} />}</span>
        <figcaption>{asSentence(title)}</figcaption>
      </figure>
    </li>
  );
}

/** The score is the lowest of its components. */
function Measures({ sample: { label, quality } }: { sample: FoundSample }) {
  return (
    <section className={classes.measures}>
      <h3 className={classes.heading}>{asSentence(label)}: quality {Math.round(quality.score)}</h3>
      {quality.reasons.length > 0 && <p className={classes.reason}>{quality.reasons.map(asSentence).join('. ')}.</p>}
      <dl className={classes.components}>
        {Object.entries(quality.components).map(([component, score]) => (
          <div key={component} data-level={level(score)}>
            <dt>{component.replaceAll('-', ' ')}</dt>
            <dd><span className={classes.bar} aria-hidden="true"><span style={{ width: `${score}%` }} /></span>{Math.round(score)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
