import { UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconEye } from '@tabler/icons-react';
import type { PipelineName } from '../../../contract/requests/inspections.ts';
import { useAsk } from '../../desk/ask.ts';
import { explain } from '../../desk/explain.ts';
import { InspectionModal } from './inspection-modal.tsx';
import { QualityMark } from './quality-mark.tsx';
import classes from './seen.module.css';

interface SeenWordsProps {
  imageId: string;
  pipeline: PipelineName;
  /** What the picture is called, for the title of what is shown of it. */
  name: string;
}

/** Quality of each sample in a picture with its reasons, and the way to every step the machine took. */
export function SeenWords({ imageId, pipeline, name }: SeenWordsProps) {
  const { data, error } = useAsk('images.look', { picture: { imageId }, pipeline });
  const [isOpen, { open, close }] = useDisclosure(false);
  if (error) return <span className={classes.words}><span className={classes.reason}>{explain(error).message}</span></span>;
  if (!data) return <span className={classes.words}><span className={classes.reason}>Looking…</span></span>;
  return (
    <span className={classes.words}>
      {data.samples.length === 0 && <span className={classes.reason}>{pipeline === 'face' ? 'No face was found.' : 'No finger was found.'}</span>}
      {data.samples.map(({ label, quality }) => <QualityMark key={label} quality={quality} {...(data.samples.length > 1 || pipeline === 'finger' ? { label: asName(label) } : {})} />)}
      <UnstyledButton className={classes.more ?? ''} onClick={open} aria-label={`What the machine saw in ${name}`}>
        <IconEye size={14} stroke={1.6} /> What the machine saw
      </UnstyledButton>
      {isOpen && <InspectionModal imageId={imageId} pipeline={pipeline} name={name} onClose={close} />}
    </span>
  );
}

const asName = (label: string): string => label.charAt(0).toUpperCase() + label.slice(1);
