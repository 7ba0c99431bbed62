import { Tooltip, UnstyledButton } from '@mantine/core';
import { useAsk } from '../../desk/ask.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Picture } from '../../widgets/picture.tsx';
import { quantity } from '../../words/numbers.ts';
import classes from './verify.module.css';

interface ClaimedPersonProps { subjectId: string | null; onChoose: (subjectId: string) => void }

/** The claimed person's samples; before there is a claim, a few of the gallery to choose from. */
export function ClaimedPerson({ subjectId, onChoose }: ClaimedPersonProps) {
  const { data, error } = useAsk('subjects.get', { subjectId: subjectId ?? '' }, { enabled: subjectId !== null });
  if (subjectId === null) return <FirstFew onChoose={onChoose} />;
  if (error) return <ErrorNote error={error} />;
  if (!data) return <div className={classes.portrait} />;
  const withoutTemplate = data.subject.samples - data.subject.templates;
  return (
    <>
      <div className={classes.portrait}><Picture imageId={data.subject.portrait} alt={`Portrait of ${data.subject.name}`} size={360} fit="whole" /></div>
      <div className={classes.references}>
        {data.samples.slice(0, 8).map((sample) => <span key={sample.id} className={classes.thumb}><Picture imageId={sample.imageId} alt={sample.fileName} size={44} /></span>)}
      </div>
      <p className={classes.small}>
        {quantity(data.subject.templates, 'reference')} of this model.
        {withoutTemplate > 0 && ` ${quantity(withoutTemplate, 'sample')} without one cannot be compared yet.`}
      </p>
    </>
  );
}

function FirstFew({ onChoose }: { onChoose: (subjectId: string) => void }) {
  const { data } = useAsk('subjects.list', { limit: 12 });
  return (
    <div className={classes.few} role="group" aria-label="Some of the enrolled">
      {(data?.subjects ?? []).map((subject) => (
        <Tooltip key={subject.id} label={subject.name}>
          <UnstyledButton className={classes.choice ?? ''} onClick={() => onChoose(subject.id)} aria-label={`Claim to be ${subject.name}`}>
            <Picture imageId={subject.portrait} alt="" size={84} />
            <span className={classes.choiceName}>{subject.name}</span>
          </UnstyledButton>
        </Tooltip>
      ))}
    </div>
  );
}
