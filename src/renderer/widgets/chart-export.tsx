import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import type { Chart, Frame } from '../../charts/frame.ts';
import { svgFile } from '../../charts/figure-file.ts';
import { paperInk } from '../../charts/ink.ts';
import { pngOf, saveFile } from '../desk/save-file.ts';

interface ChartExportProps {
  /** Without an ending. */
  fileName: string;
  /** What the chart shows, in a word or two. */
  label: string;
  draw: (frame: Frame) => Chart;
  csv: () => string;
  width?: number;
  height?: number;
}

/** Every chart as a figure (SVG, PNG) and as numbers (CSV). */
export function ChartExport({ fileName, label, draw, csv, width = 720, height = 460 }: ChartExportProps) {
  const figure = (): string => {
    const frame = { document, width, height, ink: paperInk };
    return svgFile(draw(frame), frame);
  };
  const savePng = (): void => {
    pngOf(figure(), { width, height }).then(
      (png) => saveFile(`${fileName}.png`, png),
      (error: unknown) => notifications.show({ title: 'The PNG could not be made', message: String(error), color: 'red' }),
    );
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Tooltip label="Save this chart">
          <ActionIcon variant="subtle" color="gray" aria-label={`Save the chart: ${label}`}><IconDownload size={17} stroke={1.7} /></ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => saveFile(`${fileName}.svg`, new Blob([figure()], { type: 'image/svg+xml' }))}>SVG, for print</Menu.Item>
        <Menu.Item onClick={savePng}>PNG</Menu.Item>
        <Menu.Item onClick={() => saveFile(`${fileName}.csv`, new Blob([csv()], { type: 'text/csv' }))}>CSV, the numbers</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
