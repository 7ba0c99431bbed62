import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { matchCurves } from '../../../charts/match-curves.ts';
import { cohortWords, normalizationOf, searchesAbsence } from '../../../contract/protocol-absences.ts';
import type { ProtocolReport } from '../../../contract/requests/protocols.ts';
import type { SearchFigures, Studied } from '../../../contract/requests/score-files.ts';
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

/** Searches, people and norms, and what else was asked for by its column; each, or why these comparisons do not give it. */
export function ProtocolStudies({ report }: { report: ProtocolReport }) {
  const { manifest: { source, model: { name } }, figures: { matedCount, studies: { identification, zoo, discard, slices } } } = report;
  const absent = searchesAbsence(source);
  return (
    <>
      {studied('Identification', identification ?? (absent === null ? undefined : { refusal: absent }), (found) => <SearchPanels found={found} name={name} />)}
      {studied('Zoo', zoo, (found) => <div className={explored.split}><ZooPanel zoo={found} fileName={`${name}-zoo`} /><PeoplePanel zoo={found} /></div>)}
      {studied('Error versus discard', discard, (found) => <DiscardPanel report={discardShape(found)} fileName={`${name}-discard`} />)}
      {studied('Slices', slices, (found) => <><SliceTable slices={found} /><MatrixPanel slices={found} /></>)}
      {studied('Score normalisation', normalizationOf(report), (found) => <NormalizationPanel normalization={normalizationShape(found)} cohort={`${cohortWords(report, found.cohort)}, none of them judged`} mated={matedCount} />)}
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
