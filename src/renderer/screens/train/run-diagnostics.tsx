import type { RunStep } from '../../../contract/requests/runs.ts';
import { skippedWords } from '../../../contract/skipped-anchors.ts';
import { FactList } from '../../widgets/fact-list.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { countWords, percentWords, scoreWords } from '../../words/numbers.ts';
import { skippedAnchors } from './skipped-anchors.ts';
import classes from './train.module.css';

/** What the loss told of the newest step, and which anchors it had no loss for. */
export function RunDiagnostics({ steps }: { steps: readonly RunStep[] }) {
  const last = steps.at(-1);
  if (!last) return null;
  const skipped = skippedAnchors(steps);
  const number = (value: number | null): string => (value === null ? '–' : scoreWords(value));
  return (
    <Panel title="What the loss tells" aside={`step ${countWords(last.step)}`}>
      <div className={classes.diagnostics}>
        <FactList facts={[
          ['Active share', last.activeShare === null ? '–' : `${percentWords(last.activeShare)} of the pairs, triplets or anchors cost something`],
          ['Distance', `${number(last.positiveDistance)} within a class, ${number(last.negativeDistance)} between classes (0 to 2)`],
          ['Mean norm', `${number(last.meanNorm)} before the embeddings are normalised`],
          ['Mean cosine', `${number(last.meanCosine)} between any two of the batch; near 1 the network tells nobody apart`],
        ]} />
        <div>
          <h3 className={classes.subtitle}>Anchors without a loss</h3>
          {skipped.length === 0
            ? <p className={classes.hint}>None in this epoch: every picture of a batch had something to learn from.</p>
            : <table className={classes.skipped}>
                <thead><tr><th scope="col">Anchors</th><th scope="col">Last step</th><th scope="col">Each step of this epoch</th></tr></thead>
                <tbody>{skipped.map(({ reason, last: count, mean }) => <tr key={reason}><th scope="row">{skippedWords(reason)}</th><td>{countWords(count)}</td><td>{mean.toFixed(1)}</td></tr>)}</tbody>
              </table>}
        </div>
      </div>
    </Panel>
  );
}
