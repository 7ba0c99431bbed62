import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import classes from './virtual-grid.module.css';

interface VirtualGridProps {
  count: number;
  /** Least width of a cell; rows when it is as wide as the grid. `Infinity` makes a list. */
  cellWidth: number;
  /** Height of a row for a given width of its cells, gap included. */
  rowHeight: (cellWidth: number) => number;
  gap: number;
  label: string;
  renderCell: (index: number) => ReactNode;
  onVisible: (from: number, to: number) => void;
}

/** A grid of any length of which only the rows near the screen exist. */
export function VirtualGrid({ count, cellWidth, rowHeight, gap, label, renderCell, onVisible }: VirtualGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width } = useElementSize();
  const ref = useMergedRef(scroller, sizeRef);
  const columns = Number.isFinite(cellWidth) ? Math.max(1, Math.floor((width + gap) / (cellWidth + gap))) : 1;
  const height = rowHeight((width - gap * (columns - 1)) / columns);
  const rows = useVirtualizer({
    count: width > 0 ? Math.ceil(count / columns) : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 4,
  });
  useEffect(() => rows.measure(), [rows, height]);
  const shown = rows.getVirtualItems();
  const from = (shown[0]?.index ?? 0) * columns;
  const to = Math.min(count, ((shown.at(-1)?.index ?? 0) + 1) * columns) - 1;
  useEffect(() => onVisible(from, Math.max(from, to)), [onVisible, from, to]);
  return (
    <div ref={ref} className={classes.scroller} tabIndex={0} role="list" aria-label={label}>
      <div className={classes.canvas} style={{ height: rows.getTotalSize() }} role="presentation">
        {shown.map((row) => (
          <div key={row.key} className={classes.row} role="presentation" style={{ transform: `translateY(${row.start}px)`, height: row.size - gap, gap, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
            {Array.from({ length: Math.min(columns, count - row.index * columns) }, (_, column) => row.index * columns + column).map((index) => (
              <div key={index} role="listitem" aria-posinset={index + 1} aria-setsize={count} className={classes.cell}>{renderCell(index)}</div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
