import { useAsk } from '../../desk/ask.ts';
import { Picture } from '../../widgets/picture.tsx';
import { quantity } from '../../words/numbers.ts';
import { Step } from './step.tsx';
import { useFaces } from './use-faces.ts';
import classes from './welcome.module.css';

export function GalleryStep() {
  const { data } = useAsk('subjects.list', { limit: 32 });
  const faces = useFaces();
  const portraits = (data?.subjects ?? []).flatMap(({ portrait }) => (portrait === null ? [] : [portrait]));
  const shown = (portraits.length >= 6 ? portraits : faces).slice(0, 10);
  return (
    <Step number={1} title="Meet the gallery" href="/gallery" action="Open the gallery" words={data && data.total > 0 ? `${quantity(data.total, 'person is', 'people are')} enrolled. The model was not trained on any of them.` : 'The people who can be recognised. They are being enrolled.'}>
      <div className={classes.mosaic}>{shown.map((imageId) => <span key={imageId} className={classes.tile}><Picture imageId={imageId} alt="" size={72} /></span>)}</div>
    </Step>
  );
}
