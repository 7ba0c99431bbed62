import { Button, Group, Modal } from '@mantine/core';
import { IconDownload, IconFileTypeCsv, IconFileTypeHtml, IconFileTypePdf, IconFileTypeSvg, IconFolderDown, IconJson, IconMarkdown } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useState } from 'react';
import { useDraft } from '../../desk/use-draft.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FolderField } from '../../widgets/folder-field.tsx';
import { quantity } from '../../words/numbers.ts';
import type { ReportSource } from '../evaluate/report-source.ts';
import classes from './reports.module.css';
import type { WrittenReport } from './written-report.ts';
import { useWrittenReport } from './written-report.ts';

/** `file`: a file of the report, or the ending of several. */
interface Format { file: string; name: string; words: string; icon: ComponentType<{ size?: number; stroke?: number }> }

const formats: readonly Format[] = [
  { file: 'report.html', name: 'HTML', words: 'one file, to read and to send', icon: IconFileTypeHtml },
  { file: 'report.pdf', name: 'PDF', words: 'to print', icon: IconFileTypePdf },
  { file: 'report.md', name: 'Markdown', words: 'to paste into a paper', icon: IconMarkdown },
  { file: 'manifest.json', name: 'Manifest', words: 'JSON, to repeat it exactly', icon: IconJson },
  { file: '.svg', name: 'Figures', words: 'SVG, one file each', icon: IconFileTypeSvg },
  { file: '.csv', name: 'Numbers', words: 'CSV, curves and scores', icon: IconFileTypeCsv },
];

interface ExportReportProps { source: ReportSource; label?: string; isQuiet?: boolean }

/** The report in every form: as a download, or as files in a folder of this machine. */
export function ExportReport({ source, label = 'Export…', isQuiet = false }: ExportReportProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size={isQuiet ? 'compact-sm' : 'sm'} variant={isQuiet ? 'default' : 'filled'} leftSection={<IconDownload size={16} />} onClick={() => setOpen(true)}>{label}</Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Export the report" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
        {isOpen && <ExportForm source={source} onClose={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

function ExportForm({ source, onClose }: { source: ReportSource; onClose: () => void }) {
  const [folder, setFolder] = useDraft('evaluate.export-folder', '');
  const report = useWrittenReport(source);
  return (
    <>
      <h3 className={classes.heading}>Download</h3>
      <div className={classes.formats}>
        {formats.map(({ file, name, words, icon: Icon }) => (
          <button key={file} type="button" className={classes.format} disabled={report.isBusy} onClick={() => void report.save(file)}>
            <Icon size={22} stroke={1.5} /><b>{name}</b><span>{words}</span>
          </button>
        ))}
      </div>
      <h3 className={classes.heading}>Or all of it in a folder</h3>
      <FolderField label="Below this folder" description="Left empty: among the exports of the data folder, from where single files can be downloaded." value={folder} onChange={setFolder} />
      <ErrorNote error={report.error} />
      <WrittenFiles report={report} isOwn={folder.trim() === ''} />
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>Close</Button>
        <Button leftSection={<IconFolderDown size={16} />} loading={report.isBusy} onClick={() => void report.write(folder.trim() || null)}>Write the files</Button>
      </Group>
    </>
  );
}

/** Where the files went. */
function WrittenFiles({ report: { written, save }, isOwn }: { report: WrittenReport; isOwn: boolean }) {
  if (written === null) return null;
  return (
    <div className={classes.written} role="status">
      <b>{quantity(written.files.length, 'file')} in</b> <code>{written.folder}</code> <CopyButton text={written.folder} label="Copy the path" />
      <ul className={classes.files}>
        {written.files.map((file) => <li key={file}>{isOwn ? <button type="button" className={classes.file} onClick={() => void save(file)}>{file}</button> : file}</li>)}
      </ul>
    </div>
  );
}
