import { useRef } from 'react';
import type { RequestOutput } from '../../../contract/requests.ts';
import { useTell } from '../../desk/ask.ts';
import { saveFile } from '../../desk/save-file.ts';
import type { ReportSource } from '../evaluate/report-source.ts';

type Written = RequestOutput<'evaluations.export'>;

export interface WrittenReport {
  /** The folder and its files; null before the first was written. */
  readonly written: Written | null;
  readonly isBusy: boolean;
  readonly error: unknown;
  /** Writes the report below a folder (null: among the exports of the data folder). */
  write(folder: string | null): Promise<Written | null>;
  /** Hands files of the report to the browser, by name or by ending (".svg"); the report is written once for all of them. */
  save(wanted: string): Promise<void>;
  reset(): void;
}

/** The files of a report: written on demand, once, and kept from there. */
export function useWrittenReport({ kind, id }: ReportSource): WrittenReport {
  const ofEvaluation = useTell('evaluations.export');
  const ofProtocol = useTell('protocols.export');
  const read = useTell('exports.read');
  const own = useRef<Written | null>(null); // among the exports of the data folder, where files can be read back
  const tell = kind === 'evaluation' ? ofEvaluation : ofProtocol;
  const write = async (folder: string | null): Promise<Written | null> => {
    read.reset();
    const written = await (kind === 'evaluation' ? ofEvaluation.mutateAsync({ evaluationId: id, folder }) : ofProtocol.mutateAsync({ protocolId: id, folder })).catch(() => null);
    if (folder === null) own.current = written;
    return written;
  };
  const save = async (wanted: string): Promise<void> => {
    const { current } = own;
    const written = current ?? await write(null);
    if (written === null) return;
    const files = wanted.startsWith('.') ? written.files.filter((file) => file.endsWith(wanted)) : [wanted];
    for (const file of files) {
      const found = await read.mutateAsync({ folder: written.folder, file }).catch(() => null);
      if (found) saveFile(`${written.folder.split(/[\\/]/).at(-1)}-${file}`, new Blob([new Uint8Array(found.bytes)], { type: found.mimeType }));
    }
  };
  return {
    written: tell.data ?? null, isBusy: tell.isPending || read.isPending, error: tell.error ?? read.error, write, save,
    reset: () => {
      tell.reset();
      read.reset();
      own.current = null;
    },
  };
}
