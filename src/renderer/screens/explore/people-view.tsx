import { Skeleton, Table, UnstyledButton } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { PointerEvent, ReactNode } from 'react';
import { zooCsv } from '../../../charts/figure-csv.ts';
import type { Chart, Frame } from '../../../charts/frame.ts';
import { zooChart } from '../../../charts/zoo-chart.ts';
import type { ZooPerson, ZooReport } from '../../../contract/requests/explore.ts';
import { useAsk } from '../../desk/ask.ts';
import { ChartExport } from '../../widgets/chart-export.tsx';
import { ChartFigure } from '../../widgets/chart-figure.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { HoverNote } from '../../widgets/hover-note.tsx';
import { Picture } from '../../widgets/picture.tsx';
import { countWords, quantity, scoreWords } from '../../words/numbers.ts';
import { animalWords } from './animal-words.ts';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';
import { nearestPlace } from './map-geometry.ts';

const HEIGHT = 460;
const REACH = 24; // pixels
const MOST_ROWS = 200;

/** The zoo: whose samples err, and against whom. A point or a row leads to the person. */
export function PeopleView() {
  const { report } = useExplored();
  const { data: zoo, error } = useAsk('explore.zoo', { evaluationId: report.id });
  if (error) return <ErrorNote error={error} />;
  if (!zoo) return <Skeleton height={HEIGHT} radius="lg" />;
  return (
    <div className={classes.split}>
      <ZooPanel zoo={zoo} />
      <PeoplePanel zoo={zoo} />
    </div>
  );
}

function ZooPanel({ zoo }: { zoo: ZooReport }) {
  const { report, look, samples } = useExplored();
  const [hovered, setHovered] = useState<{ person: ZooPerson; x: number; y: number; isRight: boolean } | null>(null);
  const draw = useCallback((frame: Frame) => zooChart(zoo, frame), [zoo]);
  const portraits = useMemo(() => new Map(samples.map(({ subject, imageId }) => [subject, imageId])), [samples]);
  const above = (chart: Chart, width: number): ReactNode => {
    const points = zoo.subjects.flatMap(({ matedMean, nonMatedMean }) => [chart.x.at(matedMean), chart.y.at(nonMatedMean)]);
    const onMove = (event: PointerEvent<SVGRectElement>): void => {
      const { left, top } = event.currentTarget.ownerSVGElement!.getBoundingClientRect();
      const at = nearestPlace(points, { x: event.clientX - left, y: event.clientY - top }, REACH);
      setHovered(at < 0 ? null : { person: zoo.subjects[at]!, x: points[2 * at]!, y: points[2 * at + 1]!, isRight: points[2 * at]! > width / 2 });
    };
    return (
      <>
        {hovered && <circle className={classes.ring} cx={hovered.x} cy={hovered.y} r={9} />}
        <rect width={width} height={HEIGHT} fill="transparent" className={hovered ? classes.hot : ''} onPointerMove={onMove} onPointerLeave={() => setHovered(null)} onClick={() => hovered && look({ kind: 'subject', subject: hovered.person.subject })} />
      </>
    );
  };
  return (
    <Panel
      title="Zoo" aside={`${quantity(zoo.subjects.length, 'person', 'people')}, corners beyond both quartiles`}
      actions={<ChartExport fileName={`${report.modelName}-zoo`} label="zoo" draw={draw} csv={() => zooCsv(zoo)} />}
    >
      <div className={classes.chart}>
        <ChartFigure draw={draw} height={HEIGHT} above={above} />
        {hovered && (
          <HoverNote spot={{ x: hovered.x, y: hovered.y, side: hovered.isRight ? 'left' : 'right' }} picture={<Picture imageId={portraits.get(hovered.person.subject) ?? null} alt="" size={64} />}>
            <b>{hovered.person.subject}</b><br />mated {scoreWords(hovered.person.matedMean, 3)}<br />non-mated {scoreWords(hovered.person.nonMatedMean, 3)}{hovered.person.animal && <><br />{hovered.person.animal}</>}
          </HoverNote>
        )}
      </div>
      <CornerWords zoo={zoo} />
    </Panel>
  );
}

/** Whether the corners hold more than chance would put there. */
function CornerWords({ zoo }: { zoo: ZooReport }) {
  return (
    <ul className={classes.corners}>
      {zoo.corners.map(({ animal, count, chance }) => (
        <li key={animal}><b>{countWords(count)} {count === 1 ? animal : animalWords[animal].plural}</b> {animalWords[animal].meaning}. As many by chance: {chance.toFixed(2)}.</li>
      ))}
    </ul>
  );
}

const rank: Record<string, number> = { worm: 0, phantom: 1, chameleon: 2, none: 3, dove: 4 };

function PeoplePanel({ zoo }: { zoo: ZooReport }) {
  const { look } = useExplored();
  const people = [...zoo.subjects].sort((one, other) => rank[one.animal ?? 'none']! - rank[other.animal ?? 'none']! || one.matedMean - other.matedMean);
  const unplaced = zoo.unplaced.length > 0 ? `, ${quantity(zoo.unplaced.length, 'person', 'people')} without a mated comparison left out` : '';
  return (
    <Panel title="People" aside={`hardest first${people.length > MOST_ROWS ? `, the first ${MOST_ROWS}` : ''}${unplaced}`} isFlush>
      <Table.ScrollContainer minWidth={360} maxHeight={HEIGHT + 96}>
        <Table stickyHeader highlightOnHover>
          <Table.Thead><Table.Tr><Table.Th pl={18}>Person</Table.Th><Table.Th ta="right">Mated</Table.Th><Table.Th ta="right">Non-mated</Table.Th><Table.Th pr={18}>Corner</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {people.slice(0, MOST_ROWS).map(({ subject, matedMean, nonMatedMean, animal }) => (
              <Table.Tr key={subject}>
                <Table.Td pl={18}><UnstyledButton className={classes.link ?? ''} onClick={() => look({ kind: 'subject', subject })}>{subject}</UnstyledButton></Table.Td>
                <Table.Td ta="right">{scoreWords(matedMean, 3)}</Table.Td>
                <Table.Td ta="right">{scoreWords(nonMatedMean, 3)}</Table.Td>
                <Table.Td pr={18}>{animal ?? ''}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
