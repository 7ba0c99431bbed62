import { useMemo } from 'react';
import type { RequestOutput } from '../../../../contract/requests.ts';
import { Panel } from '../../../widgets/panel.tsx';
import { TrainingFigure } from '../training-figure.tsx';
import { trainingRunOf } from '../use-training-runs.ts';
import { haveSameLoss } from './recipe-differences.ts';
import classes from './compare.module.css';

interface ComparedCurvesProps { answers: readonly RequestOutput<'runs.get'>[]; names: readonly string[] }

/** The curves over each other; losses that are different functions stand beside each other instead, each on its own axis. */
export function ComparedCurves({ answers, names }: ComparedCurvesProps) {
  const runs = useMemo(() => answers.map((answer, index) => ({ ...trainingRunOf(answer), name: names[index]! })), [answers, names]);
  const isSameLoss = haveSameLoss(answers.map(({ run }) => run.recipe));
  if (runs.length === 0) return null;
  return (
    <>
      <p className={classes.words}>A ring marks the epoch whose weights became the model.</p>
      <div className={isSameLoss ? classes.pair : undefined}>
        <Panel><TrainingFigure panel="validation-eer" runs={runs} height={320} /></Panel>
        {isSameLoss && <Panel><TrainingFigure panel="loss" runs={runs} height={320} /></Panel>}
      </div>
      {!isSameLoss && (
        <Panel title="Loss" aside="Different functions: their values cannot be compared, so each has its own axis.">
          <div className={classes.several}>
            {runs.map((run, index) => (
              <figure key={run.name} className={classes.one}>
                <figcaption>{run.name}</figcaption>
                <TrainingFigure panel="loss" runs={[run]} height={170} firstIndex={index} />
              </figure>
            ))}
          </div>
        </Panel>
      )}
    </>
  );
}
