import { NumberInput, SegmentedControl } from '@mantine/core';
import type { SamplePolicy } from '../../../contract/requests/policy.ts';
import type { SeveralChoice } from '../../../contract/vocabulary.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { askKey, queryClient, useAsk, useTell } from '../../desk/ask.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import classes from './settings.module.css';

const severalWords: Record<SeveralChoice, string> = { one: 'Refuse', largest: 'Largest', all: 'Each' };
const places = [
  { place: 'enrol', label: 'Enrol', choices: ['one', 'largest'] },
  { place: 'verify', label: 'Verify', choices: ['one', 'largest'] },
  { place: 'identify', label: 'Identify', choices: ['one', 'largest', 'all'] },
] as const;

/** What the lab asks of pictures: the least quality at enrolment, and what several faces in one picture mean. */
export function PolicyPanel() {
  const { data: policy, error } = useAsk('policy.get', {});
  const save = useTell('policy.set');
  const change = (next: SamplePolicy): void => save.mutate(next, {
    onSuccess: (kept) => {
      queryClient.setQueryData(askKey('policy.get', {}), kept);
      // Decisions on the screens were made under the policy of before.
      askAgain('thresholds');
    },
  });
  return (
    <Panel title="Pictures">
      <p className={classes.words}>What is asked of pictures, where the model in use finds its samples by a pipeline. A person can say otherwise for a picture; the least quality holds for all.</p>
      <ErrorNote error={error ?? save.error} />
      {policy && (
        <div className={classes.policy}>
          <NumberInput label="Least quality at enrolment" description="0 to 100; 0 refuses no picture." min={0} max={100} clampBehavior="strict" allowDecimal={false} w={200} value={policy.minimumQuality} onChange={(value) => typeof value === 'number' && change({ ...policy, minimumQuality: value })} />
          <fieldset className={classes.several}>
            <legend>Several faces or fingers in a picture</legend>
            {places.map(({ place, label, choices }) => (
              <div key={place}>
                <span>{label}</span>
                <SegmentedControl size="xs" aria-label={`Several faces: ${label}`} value={policy.several[place]} data={choices.map((choice) => ({ value: choice, label: severalWords[choice] }))} onChange={(choice) => change({ ...policy, several: { ...policy.several, [place]: choice } })} />
              </div>
            ))}
          </fieldset>
        </div>
      )}
    </Panel>
  );
}
