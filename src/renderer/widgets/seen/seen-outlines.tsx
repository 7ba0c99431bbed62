import type { Look, SeenSample } from '../../../contract/requests/inspections.ts';
import { level } from './quality-words.ts';
import classes from './seen.module.css';

interface SeenOutlinesProps {
  look: Look;
  /** Longest side of the picture on the screen, in CSS pixels: lines are as thick on a thumbnail as on a large picture. */
  size: number;
  /** Names beside the boxes: where there are several. */
  isNamed?: boolean;
}

/** Thickness of a line, in CSS pixels. */
const LINE = 1.7;

/** Boxes and landmarks over a picture, in its own pixels. A box with something wrong is dashed. */
export function SeenOutlines({ look: { width, height, samples }, size, isNamed = false }: SeenOutlinesProps) {
  if (width === 0 || height === 0) return null;
  const pen = (LINE * Math.max(width, height)) / size;
  return (
    <svg className={classes.outlines} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      {samples.map((sample) => <Outline key={sample.label} sample={sample} pen={pen} isNamed={isNamed} />)}
    </svg>
  );
}

function Outline({ sample: { label, outline, landmarks, quality }, pen, isNamed }: { sample: SeenSample; pen: number; isNamed: boolean }) {
  const points = outline.map(({ x, y }) => `${x},${y}`).join(' ');
  const [corner] = outline;
  return (
    <g data-level={level(quality.score)}>
      <polygon className={classes.halo} points={points} strokeWidth={pen * 2} />
      <polygon className={classes.box} points={points} strokeWidth={pen} strokeDasharray={quality.reasons.length > 0 ? `${pen * 3.5} ${pen * 2.5}` : undefined} />
      {landmarks.map(({ x, y }, index) => <circle key={index} className={classes.landmark} cx={x} cy={y} r={pen * 1.1} strokeWidth={pen * 0.5} />)}
      {isNamed && corner && <text className={classes.label} x={corner.x} y={corner.y - pen * 3} fontSize={pen * 7} strokeWidth={pen * 1.6}>{label}</text>}
    </g>
  );
}
