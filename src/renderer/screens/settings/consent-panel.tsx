import { Button, Checkbox, NativeSelect, NumberInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ConsentPolicy } from '../../../contract/requests/consent.ts';
import type { EnrolmentGuards } from '../../../contract/requests/policy.ts';
import { queryClient, useAsk, useTell } from '../../desk/ask.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import classes from './settings.module.css';

/** What a person agrees to at enrolment, and for how long their data are kept. */
export function ConsentPanel() {
  const { data, error } = useAsk('consent.policy', {});
  return (
    <Panel title="Consent and retention" aside={data && `text ${data.version}`}>
      <ErrorNote error={error} />
      {data && <ConsentForm key={data.version} policy={data} />}
    </Panel>
  );
}

function ConsentForm({ policy }: { policy: ConsentPolicy }) {
  const [text, setText] = useState(policy.text);
  const [isRequired, setRequired] = useState(policy.isRequired);
  const [days, setDays] = useState<number | string>(policy.retentionDays ?? '');
  const save = useTell('consent.setPolicy');
  const submit = (): void => {
    save.mutate({ text: text.trim(), isRequired, retentionDays: days === '' ? null : Number(days) }, { onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['consent.policy'] }) });
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Textarea label="Text" description="Each consent keeps the text it was given to. A changed text gets a new number." autosize minRows={3} maxRows={10} value={text} onChange={(event) => { setText(event.currentTarget.value); }} maxLength={10_000} />
      <Checkbox mt="sm" label="Nobody is enrolled without a consent" checked={isRequired} onChange={(event) => { setRequired(event.currentTarget.checked); }} />
      <NumberInput mt="sm" maw={260} label="Keep people for" suffix=" days" placeholder="until they are deleted" min={1} max={36_500} allowDecimal={false} value={days} onChange={setDays} />
      <ErrorNote error={save.error} />
      <Button mt="md" type="submit" variant="default" loading={save.isPending} disabled={text.trim() === ''}>Save</Button>
    </form>
  );
}

const guardChoices = [{ value: 'warn', label: 'Enrol, and warn' }, { value: 'refuse', label: 'Refuse' }, { value: 'off', label: 'Do not look' }];

/** What happens when a new person looks like somebody who is enrolled. */
export function GuardsPanel() {
  const { data, error } = useAsk('guards.get', {});
  const save = useTell('guards.set');
  const set = (guards: EnrolmentGuards): void => {
    save.mutate(guards, { onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['guards.get'] }) });
  };
  return (
    <Panel title="Guards at enrolment">
      <p className={classes.words}>A new sample is searched for in the gallery, and compared with the person’s other samples. Both need a chosen threshold.</p>
      <ErrorNote error={error ?? save.error} />
      {data && (
        <>
          <NativeSelect maw={260} label="Looks like somebody else" data={guardChoices} value={data.duplicates} onChange={(event) => { set({ ...data, duplicates: event.currentTarget.value as EnrolmentGuards['duplicates'] }); }} />
          <NativeSelect mt="sm" maw={260} label="False positives allowed (FPIR)" description="For a stranger, over the whole gallery." data={[...new Set(['0.001', '0.01', '0.05', '0.1', String(data.fpir)])]} value={String(data.fpir)} onChange={(event) => { set({ ...data, fpir: Number(event.currentTarget.value) }); }} />
        </>
      )}
    </Panel>
  );
}
