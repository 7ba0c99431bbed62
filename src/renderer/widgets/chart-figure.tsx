import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useCallback, useMemo } from 'react';
import type { Chart, Frame } from '../../charts/frame.ts';
import { screenInk } from '../../charts/ink.ts';
import classes from './chart-figure.module.css';

interface ChartFigureProps {
  /** Draws the chart into the frame; keep it the same function while its numbers are the same. */
  draw: (frame: Frame) => Chart;
  height: number;
  /** What moves above the chart: SVG in the frame's pixels. */
  above?: (chart: Chart, width: number) => ReactNode;
}

/** Gives a chart its width, redraws it only when numbers or width change, and lays what moves above it. */
export function ChartFigure({ draw, height, above }: ChartFigureProps) {
  const { ref, width } = useElementSize();
  const chart = useMemo(() => (width > 0 ? draw({ document, width, height, ink: screenInk }) : null), [draw, width, height]);
  const mount = useCallback((place: HTMLDivElement | null) => {
    if (chart) place?.replaceChildren(chart.svg);
  }, [chart]);
  return (
    <div ref={ref} className={classes.figure} style={{ height }}>
      <div ref={mount} />
      {chart && above && <svg className={classes.above} width={width} height={height}>{above(chart, width)}</svg>}
    </div>
  );
}
