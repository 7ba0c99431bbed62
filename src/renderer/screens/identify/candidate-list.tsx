import { Skeleton } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Candidate, Identification } from '../../../contract/requests/matching.ts';
import type { FingerPosition, SeveralChoice } from '../../../contract/vocabulary.ts';
import { useAsk } from '../../desk/ask.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Picture } from '../../widgets/picture.tsx';
import type { Probe } from '../../widgets/probe-picker.tsx';
import { QualityMark } from '../../widgets/seen/quality-mark.tsx';
import { asSentence } from '../../widgets/seen/quality-words.ts';
import { noThresholdWords, thresholdWords } from '../../words/decision.ts';
import { quantity, scoreWords } from '../../words/numbers.ts';
import { durationWords } from '../../words/time.ts';
import classes from './identify.module.css';

interface CandidateListProps {
  probe: Probe;
  limit: number;
  /** Of several faces in the probe; null: as the lab's policy says. */
  several: SeveralChoice | null;
  /** Which finger the probe shows; null: nobody said. */
  finger: FingerPosition | null;
}

/** A candidate list for each face or finger that was searched for. */
export function CandidateList({ probe, limit, several, finger }: CandidateListProps) {
  const { data, error } = useAsk('identify.search', { probe: probe.imageId, limit, several, finger }, { keepPrevious: true });
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Skeleton height={320} radius="md" />;
  const isNamed = data.probes.length > 1 || data.probes.some(({ seen }) => seen > 1);
  return (
    <div className={classes.result}>
      {data.probes.map((sample) => (
        <section key={sample.label} className={classes.probe}>
          {sample.quality && <QualityMark quality={sample.quality} label={isNamed ? asSentence(sample.label) : 'Probe'} />}
          <Candidates identification={data} candidates={sample.candidates} />
        </section>
      ))}
      <p className={classes.small}>
        {quantity(data.searched, 'person', 'people')} searched in {durationWords(data.durationMs)}, model {data.model.name}.
      </p>
    </div>
  );
}

function Candidates({ identification, candidates }: { identification: Identification; candidates: readonly Candidate[] }) {
  const above = candidates.filter(({ isAboveThreshold }) => isAboveThreshold === true);
  const others = candidates.filter(({ isAboveThreshold }) => isAboveThreshold !== true);
  return (
    <>
      <Headline identification={identification} found={above.length} />
      {above.length > 0 && <Rows candidates={above} identification={identification} />}
      {identification.threshold && <div className={classes.line}><span>{thresholdWords(identification.threshold)}</span></div>}
      {others.length > 0 && <Rows candidates={others} identification={identification} />}
    </>
  );
}

function Headline({ identification, found }: { identification: Identification; found: number }) {
  if (!identification.threshold) return <p className={classes.headline}>{noThresholdWords(identification.transform).replace('no', 'No')}, so this is a ranking and not a decision. <Link href="/evaluate">Choose a threshold</Link></p>;
  if (found > 0) return <p className={classes.headline}><b>{found === 1 ? 'One candidate' : `${found} candidates`} above the threshold.</b></p>;
  return (
    <p className={classes.headline}>
      <IconMoodSmile size={20} stroke={1.6} /> <b>No candidate above the threshold.</b> Nobody in the gallery is similar enough; the nearest are below the line.
    </p>
  );
}

function Rows({ candidates, identification }: { candidates: readonly Candidate[]; identification: Identification }) {
  const threshold = identification.threshold?.threshold ?? null;
  return (
    <ol className={classes.rows}>
      {candidates.map((candidate) => (
        <li key={candidate.subjectId} value={candidate.rank}>
          <Link href={`/gallery/${candidate.subjectId}`} className={classes.row ?? ''} data-above={candidate.isAboveThreshold ?? undefined}>
            <span className={classes.rank}>{candidate.rank}</span>
            <span className={classes.portrait}><Picture imageId={candidate.portrait} alt="" size={52} /></span>
            <span className={classes.name}>{candidate.name}</span>
            <ScoreBar score={candidate.score} threshold={threshold} isAbove={candidate.isAboveThreshold} />
            <span className={classes.score}>{scoreWords(candidate.score)}</span>
          </Link>
        </li>
      ))}
    </ol>
  );
}

const share = (score: number): string => `${(100 * Math.min(1, Math.max(0, score))).toFixed(1)}%`;

/** The score from 0 to 1 as a bar, with the threshold as a dark line across it. */
function ScoreBar({ score, threshold, isAbove }: { score: number; threshold: number | null; isAbove: boolean | null }) {
  return (
    <span className={classes.bar} aria-hidden="true">
      <span className={classes.fill} data-above={isAbove ?? undefined} style={{ width: share(score) }} />
      {threshold !== null && <span className={classes.mark} style={{ left: share(threshold) }} />}
    </span>
  );
}
