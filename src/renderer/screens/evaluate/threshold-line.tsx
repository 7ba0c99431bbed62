import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import type { Chart } from '../../../charts/frame.ts';
import { scoreWords } from '../../words/numbers.ts';
import classes from './evaluate.module.css';
import type { Trial } from './use-trial.ts';

const COARSE = 10; // known thresholds at a key press with shift
const GRIP = 9; // half the width that can be caught, in pixels

/** The threshold as a dark line that can be dragged, or moved by the arrow keys (with shift: ten times as far). */
export function ThresholdLine({ chart, trial }: { chart: Chart; trial: Trial }) {
  const line = useRef<SVGGElement>(null);
  const { threshold } = trial.point;
  const x = chart.x.at(threshold);
  const [bottom, top] = chart.y.range;
  const drag = (event: PointerEvent<SVGGElement>): void => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const left = line.current!.ownerSVGElement!.getBoundingClientRect().left;
    trial.move(chart.x.value(event.clientX - left));
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = (event.shiftKey ? COARSE : 1) * ({ ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key] ?? 0);
    if (step === 0) return;
    event.preventDefault();
    trial.step(step);
  };
  return (
    <g
      ref={line} className={classes.threshold} role="slider" tabIndex={0} aria-label="Threshold" aria-orientation="horizontal"
      aria-valuenow={Number(threshold.toFixed(3))} aria-valuemin={chart.x.value(chart.x.range[0])} aria-valuemax={chart.x.value(chart.x.range[1])}
      onPointerDown={drag} onPointerMove={drag} onKeyDown={onKey}
    >
      <rect x={x - GRIP} width={2 * GRIP} y={top} height={bottom - top} fill="transparent" />
      <line x1={x} x2={x} y1={top - 4} y2={bottom} />
      <circle cx={x} cy={top - 4} r={5} />
      <text x={x} y={top - 13} textAnchor="middle">{scoreWords(threshold, 3)}</text>
    </g>
  );
}
