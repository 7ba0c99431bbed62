import { useCallback, useState } from 'react';
import type { PointerEvent, ReactNode } from 'react';
import { zooCsv } from '../../../charts/figure-csv.ts';
import type { Chart, Frame } from '../../../charts/frame.ts';
import { zooChart } from '../../../charts/zoo-chart.ts';
import type { ZooPerson, ZooReport } from '../../../contract/requests/explore.ts';
import { ChartExport } from '../../widgets/chart-export.tsx';
import { ChartFigure } from '../../widgets/chart-figure.tsx';
import { HoverNote } from '../../widgets/hover-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { Picture } from '../../widgets/picture.tsx';
import { countWords, quantity, scoreWords } from '../../words/numbers.ts';
import { animalWords } from './animal-words.ts';
import classes from './explore.module.css';
import { nearestPlace } from './map-geometry.ts';

const HEIGHT = 460;
const REACH = 24; // pixels

interface ZooProps {
  zoo: ZooReport;
  fileName: string;
  /** A picture of a person, where there are some. */
  portraitOf?: (subject: string) => string | null;
  /** A point was clicked. */
  onLook?: (subject: string) => void;
}

/** People by how like themselves and how like others they are; a point says whose it is. */
export function ZooPanel({ zoo, fileName, portraitOf, onLook }: ZooProps) {
  const [hovered, setHovered] = useState<{ person: ZooPerson; x: number; y: number; isRight: boolean } | null>(null);
  const draw = useCallback((frame: Frame) => zooChart(zoo, frame), [zoo]);
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
        <rect width={width} height={HEIGHT} fill="transparent" className={hovered && onLook ? classes.hot : ''} onPointerMove={onMove} onPointerLeave={() => setHovered(null)} onClick={() => hovered && onLook?.(hovered.person.subject)} />
      </>
    );
  };
  return (
    <Panel
      title="Zoo" aside={`${quantity(zoo.subjects.length, 'person', 'people')}, corners beyond both quartiles`}
      actions={<ChartExport fileName={fileName} label="zoo" draw={draw} csv={() => zooCsv(zoo)} />}
    >
      <div className={classes.chart}>
        <ChartFigure draw={draw} height={HEIGHT} above={above} />
        {hovered && (
          <HoverNote spot={{ x: hovered.x, y: hovered.y, side: hovered.isRight ? 'left' : 'right' }} picture={portraitOf && <Picture imageId={portraitOf(hovered.person.subject)} alt="" size={64} />}>
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
