import { Link } from 'wouter';
import type { SubjectCard } from '../../../contract/requests/gallery.ts';
import { Picture } from '../../widgets/picture.tsx';
import { quantity } from '../../words/numbers.ts';
import { shortInstantWords } from '../../words/time.ts';
import classes from './gallery.module.css';

/** One of the enrolled as a portrait with a name; grey while on the way. */
export function SubjectCell({ subject }: { subject: SubjectCard | undefined }) {
  if (!subject) return <div className={classes.card}><div className={classes.blank} /></div>;
  return (
    <Link href={`/gallery/${subject.id}`} className={classes.card ?? ''}>
      <div className={classes.face}><Picture imageId={subject.portrait} alt="" size={150} /></div>
      <div className={classes.name}>{subject.name}</div>
      <div className={classes.small}>{samplesWords(subject)}</div>
    </Link>
  );
}

export function SubjectRow({ subject }: { subject: SubjectCard | undefined }) {
  if (!subject) return <div className={classes.row}><div className={classes.thumb} /></div>;
  return (
    <Link href={`/gallery/${subject.id}`} className={classes.row ?? ''}>
      <span className={classes.thumb}><Picture imageId={subject.portrait} alt="" size={40} /></span>
      <span className={classes.name}>{subject.name}</span>
      <span className={classes.note}>{subject.note}</span>
      <span className={classes.small}>{samplesWords(subject)}</span>
      <span className={classes.small}>{shortInstantWords(subject.createdAt, Date.now())}</span>
    </Link>
  );
}

function samplesWords({ samples, templates }: SubjectCard): string {
  const words = quantity(samples, 'sample');
  return templates < samples ? `${words}, ${samples - templates} without a template` : words;
}
