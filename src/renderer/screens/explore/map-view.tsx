import { Button, SegmentedControl, Select, Skeleton, Switch, UnstyledButton } from '@mantine/core';
import { IconMap } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { mapCsv } from '../../../charts/figure-csv.ts';
import type { Frame } from '../../../charts/frame.ts';
import type { GroupMark } from '../../../charts/group-marks.ts';
import { groupsOf } from '../../../charts/group-marks.ts';
import { screenInk } from '../../../charts/ink.ts';
import { templateMap } from '../../../charts/template-map.ts';
import type { Projection } from '../../../contract/requests/explore.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { isRunning, useJobs } from '../../desk/use-jobs.ts';
import { ChartExport } from '../../widgets/chart-export.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { countWords, percentWords, quantity } from '../../words/numbers.ts';
import { shapePath } from './draw-points.ts';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';
import { MapCanvas } from './map-canvas.tsx';

const PERSON = 'Person';
const MOST_IN_KEY = 40;

/** The templates laid flat: what lies together the model finds alike. */
export function MapView() {
  const { report, samples, columns } = useExplored();
  const [projection, setProjection] = useState<Projection>('pca');
  const [column, setColumn] = useState(PERSON);
  const [hasPictures, setPictures] = useState(false);
  const [held, setHeld] = useState<number | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const { map, isDrawing, error, job, redraw } = useMap(projection);
  const colored = useMemo(() => {
    const at = columns.indexOf(column);
    return groupsOf(samples.map((sample) => (at < 0 ? sample.subject : sample.values[at] ?? '')), at < 0);
  }, [samples, columns, column]);
  const points = map?.points ?? null;
  const recolor = (next: string | null): void => {
    setColumn(next ?? PERSON);
    setHeld(null);
  };
  return (
    <Panel
      title="Map of the templates" aside={map?.explained ? `axes hold ${percentWords(map.explained[0])} and ${percentWords(map.explained[1])} of the variance` : projection === 'umap' ? 'neighbours stay neighbours; distances between clusters say little' : undefined}
      actions={
        <>
          <Switch size="xs" label="Pictures" checked={hasPictures} onChange={(event) => setPictures(event.currentTarget.checked)} />
          <Select size="xs" w={200} aria-label="Colour by" allowDeselect={false} data={[{ value: PERSON, label: 'Colour: person' }, ...columns.map((name) => ({ value: name, label: `Colour: ${name}` }))]} value={column} onChange={recolor} />
          <SegmentedControl size="xs" value={projection} onChange={(value) => setProjection(value as Projection)} data={[{ value: 'pca', label: 'PCA' }, { value: 'umap', label: 'UMAP' }]} aria-label="Projection" />
          {points && <ChartExport fileName={`${report.modelName}-map-${projection}`} label="map" draw={(frame: Frame) => templateMap({ points, ...colored }, frame)} csv={() => mapCsv({ points, samples, column, ...colored })} height={560} />}
        </>
      }
    >
      <ErrorNote error={error} />
      {job && <JobProgress job={job} />}
      {!points && !error && isDrawing && <Skeleton className={classes.map ?? ''} />}
      {!points && job?.state === 'cancelled' && (
        <EmptyState icon={IconMap} title="This map is not drawn" words="Its drawing was cancelled. The other projection, and everything else, stays in use."><Button onClick={redraw}>Draw it</Button></EmptyState>
      )}
      {points && (
        <div className={classes.mapSplit}>
          <MapCanvas key={projection} points={points} {...colored} lit={pointed ?? held} hasPictures={hasPictures} label={`Map of ${quantity(samples.length, 'sample')}. Arrows go from sample to sample, Enter looks at one, + and − zoom, 0 shows all.`} />
          <Key groups={colored.groups} held={held} onHold={(group) => setHeld(held === group ? null : group)} onPoint={setPointed} />
        </div>
      )}
    </Panel>
  );
}

/** The map of this projection; drawn by a job when there is none yet. */
function useMap(projection: Projection) {
  const { report } = useExplored();
  const place = { evaluationId: report.id, projection };
  const { data: map, error } = useAsk('explore.map', place);
  const draw = useTell('explore.draw-map');
  const { mutate } = draw;
  const isMissing = map?.points === null;
  const redraw = useCallback(() => mutate({ evaluationId: report.id, projection }), [mutate, report.id, projection]);
  useEffect(() => {
    if (isMissing) redraw();
  }, [isMissing, redraw]);
  const job = useJobs().find(({ id }) => id === draw.data?.jobId);
  return { map, error: error ?? draw.error, isDrawing: !map || (isMissing && (draw.isPending || (job !== undefined && isRunning(job)))), job: isMissing ? job : undefined, redraw };
}

interface KeyProps { groups: readonly GroupMark[]; held: number | null; onHold: (group: number) => void; onPoint: (group: number | null) => void }

/** The groups of the map; one can be pointed at, or held. */
function Key({ groups, held, onHold, onPoint }: KeyProps) {
  return (
    <ul className={classes.key}>
      {groups.slice(0, MOST_IN_KEY).map((mark, group) => (
        <li key={mark.name}>
          <UnstyledButton className={classes.keyEntry ?? ''} aria-pressed={held === group} onClick={() => onHold(group)} onPointerEnter={() => onPoint(group)} onPointerLeave={() => onPoint(null)}>
            <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden><path d={shapePath(mark.shape, 4.5)} fill={screenInk.systems[mark.color]} /></svg>
            <span className={classes.keyName} title={mark.name}>{mark.name}</span>
            <span className={classes.keyCount}>{countWords(mark.count)}</span>
          </UnstyledButton>
        </li>
      ))}
      {groups.length > MOST_IN_KEY && <li className={classes.hint}>and {countWords(groups.length - MOST_IN_KEY)} more</li>}
    </ul>
  );
}
