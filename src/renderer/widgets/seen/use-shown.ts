import type { FingerPosition, SeveralChoice } from '../../../contract/vocabulary.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { usePipeline } from '../../desk/use-pipeline.ts';

/** What to do with several faces or fingers in a picture; "hand": they are the four of one hand. */
export type SeveralOrHand = SeveralChoice | 'hand';

/** What a person said that the pictures of a place show. */
export interface Shown {
  /** Null: as the lab's policy says. */
  several: SeveralOrHand | null;
  /** Null: nobody said which finger it is. */
  finger: FingerPosition | null;
  setSeveral: (several: SeveralOrHand) => void;
  setFinger: (finger: FingerPosition | null) => void;
}

/** What was said of fingers means nothing to a model for faces, and a whole hand is no one finger. */
export function useShown(place: 'enrol' | 'verify' | 'identify'): Shown {
  const [several, setSeveral] = useDraft<SeveralOrHand | null>(`${place}.several`, null);
  const [finger, setFinger] = useDraft<FingerPosition | null>(`${place}.finger`, null);
  const isFinger = usePipeline() === 'finger';
  return {
    several: several === 'hand' && !isFinger ? null : several,
    finger: isFinger && several !== 'hand' ? finger : null,
    setSeveral, setFinger,
  };
}
