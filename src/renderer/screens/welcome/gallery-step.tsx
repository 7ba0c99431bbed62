import { IconUsers } from '@tabler/icons-react';
import { useAsk } from '../../desk/ask.ts';
import { Picture } from '../../widgets/picture.tsx';
import { quantity } from '../../words/numbers.ts';
import { Step } from './step.tsx';
import classes from './welcome.module.css';

export function GalleryStep() {
  const { data } = useAsk('subjects.list', { limit: 32 });
  const { data: desk } = useAsk('desk.state', {});
  const portraits = (data?.subjects ?? []).flatMap(({ portrait }) => (portrait === null ? [] : [portrait]));
  const shown = portraits.slice(0, 10);
  const words = data && data.total > 0
    ? `${quantity(data.total, 'person is', 'people are')} enrolled.${desk?.project.isDemo ? ' The demo enrols only people whom its model was not trained on.' : ''}`
    : 'The people who can be recognised, with their samples. Nobody is enrolled yet.';
  return (
    <Step number={1} icon={IconUsers} title="Meet the gallery" href="/gallery" action="Open the gallery" words={words}>
      {shown.length > 0 ? <div className={classes.mosaic}>{shown.map((imageId) => <span key={imageId} className={classes.tile}><Picture imageId={imageId} alt="" size={72} /></span>)}</div> : null}
    </Step>
  );
}
