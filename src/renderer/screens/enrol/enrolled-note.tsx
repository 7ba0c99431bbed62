import { Button, CloseButton } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { RequestOutput } from '../../../contract/requests.ts';
import { quantity } from '../../words/numbers.ts';
import { Picture } from '../../widgets/picture.tsx';
import classes from './enrol.module.css';

/** What became of the last enrolment, and where to go from there. */
export function EnrolledNote({ enrolled: { subject, outcomes }, onClose }: { enrolled: RequestOutput<'enrol.images'>; onClose: () => void }) {
  const accepted = outcomes.filter((outcome) => outcome.accepted);
  const refused = outcomes.length - accepted.length;
  return (
    <section className={classes.note} data-failed={!subject || undefined} role="status">
      {subject ? <IconCircleCheckFilled size={22} /> : <IconCircleXFilled size={22} />}
      <div>
        <b>{subject ? `${subject.name} is enrolled` : 'Nobody was enrolled'}</b>
        <div>{subject ? `${quantity(accepted.length, 'picture')} accepted.` : 'None of the pictures could be used.'}{refused > 0 && ` ${quantity(refused, 'picture')} could not be used: see the reasons at the left.`}</div>
        {accepted.flatMap(({ fileName, warnings }) => (warnings ?? []).map((warning) => <div key={`${fileName} ${warning}`} role="alert"><b>{fileName}:</b> {warning}</div>))}
        <div className={classes.thumbs}>
          {accepted.map((outcome) => <span key={outcome.sampleId ?? outcome.fileName} className={classes.thumb}><Picture imageId={outcome.imageId} alt={outcome.fileName} size={40} /></span>)}
        </div>
        {subject && (
          <div className={classes.next}>
            <Button size="compact-sm" component={Link} href={`/verify/${subject.id}`}>Verify {subject.name}</Button>
            <Button size="compact-sm" variant="default" component={Link} href={`/gallery/${subject.id}`}>See the person</Button>
          </div>
        )}
      </div>
      <CloseButton onClick={onClose} aria-label="Close this note" />
    </section>
  );
}
