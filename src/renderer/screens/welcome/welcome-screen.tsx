import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useAsk } from '../../desk/ask.ts';
import { useJobs } from '../../desk/use-jobs.ts';
import { isRunning } from '../../desk/use-jobs.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import { Picture } from '../../widgets/picture.tsx';
import { quantity } from '../../words/numbers.ts';
import { GalleryStep } from './gallery-step.tsx';
import { LearnStep } from './learn-step.tsx';
import { RocStep } from './roc-step.tsx';
import { useFaces } from './use-faces.ts';
import { VerifyStep } from './verify-step.tsx';
import classes from './welcome.module.css';

/** The demo project as a story in four steps, with real faces from the first second. */
export function WelcomeScreen() {
  const { data: desk, error } = useAsk('desk.state', {});
  const demoJob = useJobs().find(({ kind }) => kind === 'demo');
  const isPreparing = demoJob !== undefined && isRunning(demoJob);
  const faces = useFaces();
  return (
    <div className={classes.page}>
      <section className={classes.hero}>
        <div className={classes.words}>
          <h1 className={classes.title}>Meet Likeness</h1>
          <p className={classes.lead}>
            A laboratory for telling people apart by their faces: train a model, enrol people, compare, and measure how often it is wrong.
            Everything happens on this machine, and every decision comes with its error.
          </p>
          {desk && !isPreparing && <p className={classes.counts}>{quantity(desk.counts.subjects, 'person', 'people')} enrolled, {quantity(desk.counts.models, 'model')}, {quantity(desk.counts.evaluations, 'evaluation')} in {desk.project.name}.</p>}
          <div className={classes.buttons}>
            <Button component={Link} href="/verify" size="md" disabled={isPreparing}>Verify a face</Button>
            <Button component={Link} href="/gallery" size="md" variant="default">See the gallery</Button>
          </div>
        </div>
        <div className={classes.wall} aria-hidden="true">
          {faces.map((imageId, index) => <span key={imageId} className={classes.face} style={{ animationDelay: `${index * 18}ms` }}><Picture imageId={imageId} alt="" size={92} /></span>)}
        </div>
      </section>
      <ErrorNote error={error} />
      {demoJob && (isPreparing || demoJob.state === 'failed') && (
        <section aria-label="The demo is being made">
          <p className={classes.making}>The demo makes itself ready: it reads its faces, trains a small model on some of the people, enrols others and measures itself on them. Look around meanwhile.</p>
          <JobProgress job={demoJob} />
        </section>
      )}
      <ol className={classes.steps} aria-label="Four steps">
        <GalleryStep />
        <VerifyStep isPreparing={isPreparing} />
        <LearnStep isPreparing={isPreparing} />
        <RocStep isPreparing={isPreparing} />
      </ol>
    </div>
  );
}
