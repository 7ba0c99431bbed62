import { Button } from '@mantine/core';
import { IconUserCheck, IconUsers } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { useAsk } from '../../desk/ask.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { NeedsModel } from '../../widgets/needs-model.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { ProbePicker, useProbe } from '../../widgets/probe-picker.tsx';
import { useShown } from '../../widgets/seen/use-shown.ts';
import { SubjectSelect } from '../../widgets/subject-select.tsx';
import { ClaimedPerson } from './claimed-person.tsx';
import { VerificationResult } from './verification-result.tsx';
import classes from './verify.module.css';

/** 1:1. A claim and a probe; the comparison starts by itself when both are there. */
export function VerifyScreen({ claimedId }: { claimedId: string | null }) {
  const [, navigate] = useLocation();
  const [lastClaim, setLastClaim] = useDraft<string | null>('verify.claim', null);
  const [probe, setProbe] = useProbe('verify');
  const { several, finger } = useShown('verify');
  const { data: desk } = useAsk('desk.state', {});
  const claim = claimedId ?? lastClaim;
  const choose = (subjectId: string | null): void => {
    setLastClaim(subjectId);
    navigate(subjectId === null ? '/verify' : `/verify/${subjectId}`, { replace: true });
  };
  if (desk && desk.model === null) return <Page><NeedsModel /></Page>;
  if (desk && desk.counts.subjects === 0) return <Page><NobodyEnrolled /></Page>;
  return (
    <Page>
      <div className={classes.columns}>
        <Panel title="Claimed person">
          <SubjectSelect label="Who do they claim to be?" value={claim} onChange={choose} />
          <ClaimedPerson subjectId={claim} onChoose={choose} />
        </Panel>
        <Panel title="Probe">
          <ProbePicker place="verify" probe={probe} onProbe={setProbe} />
        </Panel>
        <div className={classes.result} aria-live="polite">
          {claim && probe
            ? <VerificationResult subjectId={claim} probe={probe} several={several === 'all' ? null : several} finger={finger} />
            : <Panel className={classes.waiting ?? ''}><EmptyState icon={IconUserCheck} title={claim ? 'Now a picture' : 'Choose a person and a picture'} words="The comparison starts as soon as both are there. The decision comes with its score, the threshold and the error that threshold makes." /></Panel>}
        </div>
      </div>
    </Page>
  );
}

function NobodyEnrolled() {
  return (
    <EmptyState icon={IconUsers} title="Nobody is enrolled yet" words="Verification compares a picture with the references of an enrolled person.">
      <Button component={Link} href="/enrol">Enrol the first person</Button>
    </EmptyState>
  );
}
