import { Link } from 'wouter';
import type { Costliest, CostlyItem, CostlySide } from '../../../contract/requests/runs.ts';
import { Panel } from '../../widgets/panel.tsx';
import { Picture } from '../../widgets/picture.tsx';
import { countWords, scoreWords } from '../../words/numbers.ts';
import classes from './costliest.module.css';

const SIZE = 92;

/** The comparisons that cost most, with their pictures: where a network errs, and where a label may be wrong. */
export function CostliestPanel({ costliest, datasetId }: { costliest: Costliest | null; datasetId: string | null }) {
  if (!costliest || costliest.items.length === 0) return null;
  return (
    <Panel title="What costs most" aside={`epoch ${countWords(costliest.epoch + 1)}, up to step ${countWords(costliest.step)}`}>
      <ol className={classes.items}>
        {costliest.items.map((item) => <Item key={`${item.step} ${item.anchor.imageId} ${item.cost}`} item={item} />)}
      </ol>
      <p className={classes.words}>
        Pictures as they are; the network saw them changed at random. A comparison that stays dear may be of two people under one name, or of one under two
        {datasetId ? <>: <Link href={`/datasets/of/${datasetId}`}>look at the dataset</Link>.</> : '.'}
      </p>
    </Panel>
  );
}

function Item({ item: { cost, step, anchor, positive, negative } }: { item: CostlyItem }) {
  return (
    <li className={classes.item}>
      <div className={classes.cost}><span>Cost <b>{cost.toPrecision(3)}</b></span><span>step {countWords(step)}</span></div>
      <div className={classes.pictures}>
        <figure className={classes.picture}>
          <span className={classes.tile}><Picture imageId={anchor.imageId} alt={`Anchor, ${anchor.subject}`} size={SIZE} /></span>
          <figcaption><span className={classes.role}>Anchor</span><span className={classes.name} title={anchor.subject}>{anchor.subject}</span></figcaption>
        </figure>
        {positive && <Side side={positive} kind="mated" />}
        {negative && <Side side={negative} kind="non-mated" />}
      </div>
    </li>
  );
}

const roles = { 'mated': 'Same person', 'non-mated': 'Other person' } as const;
const proxyRoles = { 'mated': 'Own proxy', 'non-mated': 'Rival proxy' } as const;

function Side({ side, kind }: { side: CostlySide; kind: keyof typeof roles }) {
  const role = (side.isProxy ? proxyRoles : roles)[kind];
  return (
    <figure className={classes.picture} data-kind={kind} data-proxy={side.isProxy || undefined}>
      <span className={classes.tile}><Picture imageId={side.imageId} alt={`${role}, ${side.subject}${side.isProxy ? ', shown by one of their pictures' : ''}`} size={SIZE} /></span>
      <figcaption>
        <span className={classes.role}>{role}</span>
        <span className={classes.name} title={side.subject}>{side.subject}</span>
        <span className={classes.figure}>cosine {scoreWords(side.cosine)}</span>
        <span className={classes.figure}>distance {scoreWords(side.distance)}</span>
      </figcaption>
    </figure>
  );
}
