import { IconUserCheck } from '@tabler/icons-react';
import { useAsk } from '../../desk/ask.ts';
import { useMay } from '../../desk/use-session.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { Picture } from '../../widgets/picture.tsx';
import type { Probe } from '../../widgets/probe-picker.tsx';
import { outcomeWords } from '../../words/decision.ts';
import { scoreWords } from '../../words/numbers.ts';
import { Step } from './step.tsx';
import classes from './welcome.module.css';

/** A real comparison of an enrolled person with a picture that was not enrolled. */
export function VerifyStep({ isPreparing }: { isPreparing: boolean }) {
  const { pair, isAsking } = usePair();
  const [, setClaim] = useDraft<string | null>('verify.claim', null);
  const [, setProbe] = useDraft<Probe | null>('verify.probe', null);
  const { data: result } = useAsk('verify.compare', { probe: pair?.probe.imageId ?? '', reference: { subjectId: pair?.subjectId ?? '' } }, { enabled: pair !== null && !isPreparing });
  const take = (): void => {
    if (!pair) return;
    setClaim(pair.subjectId);
    setProbe(pair.probe);
  };
  return (
    <Step number={2} onLeave={take} icon={IconUserCheck} title="Verify by a sample" href={isAsking ? null : pair ? `/verify/${pair.subjectId}` : '/verify'} action="Verify" isWaiting={isPreparing && pair === null} words="Is it who they claim to be? A claim and a picture give a score; a threshold with a known error makes it a decision.">
      {pair && <div className={classes.versus}>
        <span className={classes.duo}><Picture imageId={pair.portrait} alt="" size={110} /></span>
        <span className={classes.verdict} data-match={result?.isMatch ?? undefined}>
          <b>{result ? scoreWords(result.score) : '…'}</b>
          {result && <span>{outcomeWords(result.isMatch)}</span>}
        </span>
        <span className={classes.duo}><Picture imageId={pair.probe.imageId} alt="" size={110} /></span>
      </div>}
    </Step>
  );
}

interface Pair { subjectId: string; portrait: string | null; probe: Probe }

/** An enrolled person and a picture of the same one; whoever leads on before the answers are there would lead to an empty page. */
function usePair(): { pair: Pair | null; isAsking: boolean } {
  const { data: enrolled, isLoading: areSubjectsAsked } = useAsk('subjects.list', { limit: 32 });
  const { data: datasets, isLoading: areDatasetsAsked } = useAsk('datasets.list', {}, { enabled: useMay()('datasets.list') });
  const dataset = datasets?.find(({ isDemo }) => isDemo);
  const { data: test, isLoading: areSamplesAsked } = useAsk('datasets.subjects', { datasetId: dataset?.id ?? '', part: 'test', limit: 32 }, { enabled: dataset !== undefined });
  for (const subject of enrolled?.subjects ?? []) {
    const image = test?.subjects.find(({ name }) => name === subject.name)?.images.at(-1);
    if (image) return { pair: { subjectId: subject.id, portrait: subject.portrait, probe: { imageId: image.imageId, name: `a sample of ${subject.name}` } }, isAsking: false };
  }
  return { pair: null, isAsking: areSubjectsAsked || areDatasetsAsked || areSamplesAsked };
}
