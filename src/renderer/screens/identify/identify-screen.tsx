import { Button, SegmentedControl } from '@mantine/core';
import { IconSearch, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../../desk/ask.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { NeedsModel } from '../../widgets/needs-model.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { ProbePicker, useProbe } from '../../widgets/probe-picker.tsx';
import { useShown } from '../../widgets/seen/use-shown.ts';
import { CandidateList } from './candidate-list.tsx';
import classes from './identify.module.css';

/** 1:N. A probe against everyone who is enrolled. */
export function IdentifyScreen() {
  const [probe, setProbe] = useProbe('identify');
  const { several, finger } = useShown('identify');
  const [limit, setLimit] = useState('5');
  const { data: desk } = useAsk('desk.state', {});
  if (desk && desk.model === null) return <Page><NeedsModel /></Page>;
  if (desk && desk.counts.subjects === 0) return <Page><NobodyToFind /></Page>;
  return (
    <Page>
      <div className={classes.columns}>
        <Panel title="Probe">
          <ProbePicker place="identify" probe={probe} onProbe={setProbe} />
        </Panel>
        <Panel
          title="Candidates"
          actions={<SegmentedControl size="xs" data={['5', '10', '20']} value={limit} onChange={setLimit} aria-label="Length of the candidate list" />}
        >
          <div aria-live="polite">
            {probe
              ? <CandidateList probe={probe} limit={Number(limit)} several={several === 'hand' ? null : several} finger={finger} />
              : <EmptyState icon={IconSearch} title="Whose picture is it?" words="Drop a picture, or try a sample. The most similar people of the gallery appear here; that none is similar enough is an answer too." />}
          </div>
        </Panel>
      </div>
    </Page>
  );
}

function NobodyToFind() {
  return (
    <EmptyState icon={IconUsers} title="The gallery is empty" words="Identification searches the people who are enrolled.">
      <Button component={Link} href="/enrol">Enrol the first person</Button>
    </EmptyState>
  );
}
