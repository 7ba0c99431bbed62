import type { PointerEvent, ReactNode } from 'react';
import { useState } from 'react';
import type { ErrorCurves, ErrorPoint } from '../../../charts/error-curves.ts';
import type { Chart } from '../../../charts/frame.ts';
import { HoverNote } from '../../widgets/hover-note.tsx';
import { countWords, percentWords, rateWords, scoreWords } from '../../words/numbers.ts';
import classes from './evaluate.module.css';
import { nearestOnCurves } from './nearest-on-curves.ts';
import type { Trial } from './use-trial.ts';

interface CurveProbeProps {
  curves: ErrorCurves;
  /** What the y axis shows for a FNMR. */
  rateOf: (fnmr: number) => number;
  /** The threshold that is marked, and that a click tries; without one the figures are only shown. */
  trial?: Trial;
  /** After a point was clicked. */
  onPick?: () => void;
  children: (above: (chart: Chart, width: number) => ReactNode) => ReactNode;
}

interface Hover { name: string; point: ErrorPoint; x: number; y: number; isRight: boolean }

/** The marker of the trial threshold, and the figures of the point under the pointer; a click tries its threshold. */
export function CurveProbe({ curves, rateOf, trial, onPick, children }: CurveProbeProps) {
  const [hover, setHover] = useState<Hover | null>(null);
  const place = (chart: Chart, point: ErrorPoint): { x: number; y: number } => ({ x: chart.x.at(point.fmr), y: chart.y.at(rateOf(point.fnmr)) });
  const above = (chart: Chart, width: number): ReactNode => {
    const onMove = (event: PointerEvent<SVGRectElement>): void => {
      const { left, top } = event.currentTarget.ownerSVGElement!.getBoundingClientRect();
      const pointer = { x: event.clientX - left, y: event.clientY - top };
      const nearest = nearestOnCurves(curves.curves, pointer, (point) => place(chart, point));
      setHover(nearest && { ...nearest, isRight: nearest.x > width / 2 });
    };
    // Only the model's own curve: a baseline's thresholds lie on another scale.
    const take = (): void => {
      if (!trial || !hover || hover.name !== curves.curves[0]?.name) return;
      trial.move(hover.point.threshold);
      onPick?.();
    };
    const [left, right] = chart.x.range;
    const [bottom, top] = chart.y.range;
    const mark = trial && trial.point.fmr > 0 ? place(chart, trial.point) : null;
    return (
      <>
        {mark && Number.isFinite(mark.y) && <circle className={classes.trialMark} cx={mark.x} cy={mark.y} r={6} />}
        {hover && <circle className={classes.hoverMark} cx={hover.x} cy={hover.y} r={4} />}
        <rect x={left} y={top} width={right - left} height={bottom - top} fill="transparent" className={classes.catcher} onPointerMove={onMove} onPointerLeave={() => setHover(null)} onClick={take} />
      </>
    );
  };
  return (
    <div className={classes.probe}>
      {children(above)}
      {hover && <PointNote hover={hover} curves={curves} />}
    </div>
  );
}

function PointNote({ hover: { name, point, x, y, isRight }, curves }: { hover: Hover; curves: ErrorCurves }) {
  return (
    <HoverNote spot={{ x, y, side: isRight ? 'left' : 'right' }}>
      <b>{name}</b><br />
      threshold {scoreWords(point.threshold, 3)}<br />
      FMR {rateWords(point.fmr)} ({countWords(point.fmr * curves.nonMated)} of {countWords(curves.nonMated)})<br />
      FNMR {percentWords(point.fnmr, curves.mated)} ({countWords(point.fnmr * curves.mated)} of {countWords(curves.mated)})
    </HoverNote>
  );
}
