import type { RequestOutput } from '../../../contract/requests.ts';
import { Note } from '../../widgets/note.tsx';
import { newestAlarm } from './newest-alarm.ts';

/** The alarm that holds now, and a word on one that has passed. */
export function RunAlarms({ answer }: { answer: RequestOutput<'runs.get'> }) {
  const { present, past } = newestAlarm(answer);
  return (
    <>
      {present && <Note kind="bad" title={`The embedding is collapsing, ${present.since}`}>{present.words}</Note>}
      {past && <Note kind="caution" title={`The embedding had nearly collapsed ${past.since}, and has recovered`}>{past.words}</Note>}
    </>
  );
}
