import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { matchCurves } from '../../../charts/match-curves.ts';
import type { ScoreStudies, SearchFigures, Studied } from '../../../contract/requests/score-files.ts';
import { countWords, quantity } from '../../words/numbers.ts';
import explored from '../explore/explore.module.css';
import { PeoplePanel } from '../explore/people-panel.tsx';
import { DiscardPanel } from '../explore/quality-view.tsx';
import { MatrixPanel, SliceTable } from '../explore/slices-view.tsx';
import { ZooPanel } from '../explore/zoo-panel.tsx';
import { NormalizationPanel } from './detail/calibration-view.tsx';
import { CmcPanel, OpenSetTable } from './detail/identification-view.tsx';
import { Refused } from './detail/refused.tsx';
import { discardShape, normalizationShape, openSetShape } from './study-shapes.ts';

interface StudiesProps { studies: ScoreStudies; /** Of the model. */ name: string; mated: number }

/** The studies that a protocol was asked for; each, or why its comparisons do not give it. */
export function ProtocolStudies({ studies: { identification, zoo, discard, slices, normalization }, name, mated }: StudiesProps) {
  return (
    <>
      {studied('Identification', identification, (found) => <SearchPanels found={found} name={name} />)}
      {studied('Zoo', zoo, (found) => <div className={explored.split}><ZooPanel zoo={found} fileName={`${name}-zoo`} /><PeoplePanel zoo={found} /></div>)}
      {studied('Error versus discard', discard, (found) => <DiscardPanel report={discardShape(found)} fileName={`${name}-discard`} />)}
      {studied('Slices', slices, (found) => <><SliceTable slices={found} /><MatrixPanel slices={found} /></>)}
      {studied('Score normalisation', normalization, (found) => <NormalizationPanel normalization={normalizationShape(found)} cohort={`a cohort of ${countWords(found.cohort)}`} mated={mated} />)}
    </>
  );
}

function studied<Study extends object>(title: string, study: Studied<Study> | undefined, show: (study: Study) => ReactNode): ReactNode {
  if (study === undefined) return null;
  return 'refusal' in study ? <Refused title={title} words={study.refusal} /> : show(study);
}

function SearchPanels({ found, name }: { found: SearchFigures; name: string }) {
  const { enrolled, matedSearches, cmc, openSet } = found;
  const curves = useMemo(() => matchCurves(name, found), [name, found]);
  const points = openSetShape(found);
  return (
    <>
      {'refusal' in cmc && <Refused title="CMC" words={cmc.refusal} />}
      {curves && <CmcPanel curves={curves} aside={`N = ${countWords(enrolled)}, ${quantity(matedSearches, 'search', 'searches')} with a mate`} fileName={`${name}-cmc`} />}
      {'refusal' in openSet && <Refused title="Open set" words={openSet.refusal} />}
      {points && <OpenSetTable openSet={points} />}
    </>
  );
}
