import { useAsk } from '../../desk/ask.ts';
import { useMay } from '../../desk/use-session.ts';
import { isRunning, useJobs } from '../../desk/use-jobs.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import { GalleryStep } from './gallery-step.tsx';
import { HeroActions } from './hero-actions.tsx';
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
  const may = useMay();
  return (
    <div className={classes.page}>
      <section className={classes.hero} data-faceless={faces.length === 0 || undefined}>
        <div className={classes.words}>
          <h1 className={classes.title}>Meet Likeness</h1>
          <p className={classes.lead}>
            A laboratory for telling people apart by their faces: train a model, enrol people, compare, and measure how often it is wrong.
            Everything happens on this machine, and every decision comes with its error.
          </p>
          {desk && <HeroActions desk={desk} isPreparing={isPreparing} />}
        </div>
        <div className={classes.wall} aria-hidden="true">
          {faces.map((address, index) => <img key={address} className={classes.face} style={{ animationDelay: `${index * 18}ms` }} src={address} alt="" draggable={false} />)}
        </div>
      </section>
      <ErrorNote error={error} />
      {demoJob && (isPreparing || demoJob.state === 'failed') && (
        <section aria-label="The demo is being made">
          <p className={classes.making}>The demo makes itself ready: some of its people are enrolled with the model that ships with Likeness, and the model is measured on them. Nothing is canned. Look around meanwhile.</p>
          <JobProgress job={demoJob} />
        </section>
      )}
      <ol className={classes.steps} aria-label="Four steps">
        {may('subjects.list') && <GalleryStep />}
        {may('verify.compare') && <VerifyStep isPreparing={isPreparing} />}
        {may('runs.list') && <LearnStep />}
        {may('evaluations.list') && <RocStep isPreparing={isPreparing} />}
      </ol>
    </div>
  );
}
