import { useAsk } from '../../desk/ask.ts';
import { quantity, scoreWords } from '../../words/numbers.ts';
import { animalWords } from './animal-words.ts';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';
import { SampleTile } from './sample-tile.tsx';

/** A person of the evaluation: where they stand in the zoo, and all their samples. */
export function InspectedSubject({ subject }: { subject: string }) {
  const { report, samples } = useExplored();
  const { data: zoo } = useAsk('explore.zoo', { evaluationId: report.id });
  const person = zoo?.subjects.find((one) => one.subject === subject);
  const own = samples.flatMap((sample, place) => (sample.subject === subject ? [place] : []));
  return (
    <div className={classes.inspected}>
      {person && (
        <table className={classes.metadata}>
          <tbody>
            <tr><th scope="row">mean mated score</th><td>{scoreWords(person.matedMean, 3)}</td><td>{quantity(person.matedCount, 'comparison')}</td></tr>
            <tr><th scope="row">mean non-mated score</th><td>{scoreWords(person.nonMatedMean, 3)}</td><td>{quantity(person.nonMatedCount, 'comparison')}</td></tr>
            <tr><th scope="row">in the zoo</th><td colSpan={2}>{person.animal ? `${animalWords[person.animal].name}: ${animalWords[person.animal].meaning}` : 'in no corner'}</td></tr>
          </tbody>
        </table>
      )}
      <h3 className={classes.heading}>{quantity(own.length, 'sample')}</h3>
      <div className={classes.tiles}>{own.map((place) => <SampleTile key={place} place={place} size={84} />)}</div>
    </div>
  );
}
