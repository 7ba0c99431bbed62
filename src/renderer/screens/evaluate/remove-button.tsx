import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { ConfirmModal } from '../../widgets/confirm-modal.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import type { ReportSource } from './report-source.ts';

/** Deletes an evaluation or a run of a protocol, after one question. */
export function RemoveButton({ source: { kind, id } }: { source: ReportSource }) {
  const [, navigate] = useLocation();
  const [isAsking, setAsking] = useState(false);
  const removeEvaluation = useTell('evaluations.remove');
  const removeProtocol = useTell('protocols.remove');
  const gone = {
    onSuccess: () => {
      askAgain('evaluations');
      navigate('/evaluate');
    },
  };
  const go = (): void => (kind === 'evaluation' ? removeEvaluation.mutate({ evaluationId: id }, gone) : removeProtocol.mutate({ protocolId: id }, gone));
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)} loading={removeEvaluation.isPending || removeProtocol.isPending}>Remove…</Button>
      <ErrorNote error={removeEvaluation.error ?? removeProtocol.error} />
      <ConfirmModal isOpen={isAsking} onClose={() => setAsking(false)} onConfirm={go} title={kind === 'evaluation' ? 'Remove this evaluation?' : 'Remove this run of a protocol?'} action="Remove it">
        Its figures and curves are deleted. {kind === 'evaluation' ? 'A threshold that was chosen on it stays in use.' : 'The files that it wrote stay where they are.'}
      </ConfirmModal>
    </>
  );
}
