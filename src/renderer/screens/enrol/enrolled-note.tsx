import { Button, CloseButton } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { RequestOutput } from '../../../contract/requests.ts';
import type { EnrolOutcome } from '../../../contract/requests/gallery.ts';
import { quantity } from '../../words/numbers.ts';
import { Picture } from '../../widgets/picture.tsx';
import { QualityMark } from '../../widgets/seen/quality-mark.tsx';
import { asSentence } from '../../widgets/seen/quality-words.ts';
import classes from './enrol.module.css';

/** What became of the last enrolment, and where to go from there. */
export function EnrolledNote({ enrolled: { subject, outcomes }, onClose }: { enrolled: RequestOutput<'enrol.images'>; onClose: () => void }) {
  const accepted = outcomes.filter((outcome) => outcome.accepted);
  const fingers = outcomes.filter(({ finger }) => finger !== null);
  const refused = outcomes.length - accepted.length;
  const noun = fingers.length > 0 ? 'finger' : 'picture';
  return (
    <section className={classes.note} data-failed={!subject || undefined} role="status">
      {subject ? <IconCircleCheckFilled size={22} /> : <IconCircleXFilled size={22} />}
      <div>
        <b>{subject ? `${subject.name} is enrolled` : 'Nobody was enrolled'}</b>
        <div>{subject ? `${quantity(accepted.length, noun)} accepted.` : `None of the ${noun}s could be used.`}{refused > 0 && ` ${quantity(refused, noun)} could not be used: see the reasons ${fingers.length > 0 ? 'below' : 'at the left'}.`}</div>
        {accepted.flatMap(({ fileName, warnings }) => (warnings ?? []).map((warning) => <div key={`${fileName} ${warning}`} role="alert"><b>{fileName}:</b> {warning}</div>))}
        {fingers.length > 0 ? <Fingers outcomes={fingers} /> : (
          <div className={classes.thumbs}>
            {accepted.map((outcome) => <span key={outcome.sampleId ?? outcome.fileName} className={classes.thumb}><Picture imageId={outcome.imageId} alt={outcome.fileName} size={40} /></span>)}
          </div>
        )}
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

/** Each finger as it was judged: what is kept of it, its quality, and why it was refused. */
function Fingers({ outcomes }: { outcomes: readonly EnrolOutcome[] }) {
  return (
    <ul className={classes.fingers} aria-label="Fingers">
      {outcomes.map(({ fileName, finger, sampleId, imageId, accepted, reason, quality }) => (
        <li key={fileName} data-refused={!accepted || undefined}>
          <span className={classes.thumb}><Picture imageId={sampleId ?? imageId} alt="" size={40} /></span>
          <span className={classes.finger}>
            <b>{asSentence(finger ?? fileName)}</b>{accepted ? '' : ': not enrolled'}
            {!accepted && <span className={classes.reason}>{reason}</span>}
            {quality && <QualityMark quality={quality} />}
          </span>
        </li>
      ))}
    </ul>
  );
}
