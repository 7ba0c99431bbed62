import { searchesAbsence } from '../../../contract/protocol-absences.ts';
import type { Fusion, ProtocolSource } from '../../../contract/requests/protocols.ts';
import type { ScoreFilePlan } from '../../../contract/requests/score-files.ts';
import { kindWords } from './protocol-words.ts';

/** What the form holds, whatever protocol is chosen: nothing typed is lost by looking at another. */
export interface ProtocolDraft {
  readonly kind: ProtocolSource['kind'];
  readonly images: string;
  readonly file: string;
  readonly fusion: Fusion;
  readonly task: 1 | 2 | 3;
  readonly sensors: 'CL2CL' | 'C2CL';
  /** What is looked at beside the figures. */
  readonly studies: ScoreFilePlan['studies'];
  /** A CSV about the images, and a folder of other people to normalise by; empty: none. */
  readonly metadata: string;
  readonly cohort: string;
}

export const emptyProtocolDraft: ProtocolDraft = { kind: 'all-pairs', images: '', file: '', fusion: 'mean-template', task: 1, sensors: 'CL2CL', studies: [], metadata: '', cohort: '' };

/** Whether a side of a comparison may have several images. */
export const usesSets = ({ kind, task }: Pick<ProtocolDraft, 'kind' | 'task'>): boolean => kind === 'gallery' || kind === 'sets' || (kind === 'ridgebase' && task !== 1);

/** The protocol that the form describes, or what it lacks in words. */
export function protocolSourceOf(draft: ProtocolDraft): ProtocolSource | string {
  const { kind, fusion, task, sensors } = draft;
  const [images, file] = [draft.images.trim(), draft.file.trim()];
  const words = kindWords[kind].file;
  if (images === '') return 'It needs the folder of its images.';
  const needsFile = kind === 'ridgebase' ? task === 3 : words !== null;
  if (needsFile && file === '') return `It needs its file: ${words?.label ?? ''}.`;
  switch (kind) {
    case 'all-pairs':
    case 'fvc': return { kind, images };
    case 'lfw':
    case 'pairs': return { kind, images, file };
    case 'gallery':
    case 'sets': return { kind, images, file, fusion };
    case 'ridgebase': return { kind, images, file: file === '' ? null : file, fusion, task, sensors };
  }
}

/** What a run is asked for beside its comparisons. A study that these cannot give is left out, though it was ticked for others. */
export function protocolOrderOf(draft: ProtocolDraft): { plan: Pick<ProtocolDraft, 'studies'>; metadata: string | null; cohort: string | null } {
  const pathOf = (text: string): string | null => text.trim() || null;
  const studies = draft.studies.filter((study) => study !== 'identification' || searchesAbsence(draft) === null);
  return { plan: { studies }, metadata: pathOf(draft.metadata), cohort: pathOf(draft.cohort) };
}
