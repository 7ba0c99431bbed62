import { ActionIcon, Drawer } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { Looked } from './explored.ts';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';
import { InspectedPair } from './inspected-pair.tsx';
import { InspectedSample } from './inspected-sample.tsx';
import { InspectedSubject } from './inspected-subject.tsx';

interface InspectorProps { trail: readonly Looked[]; onTrail: (trail: readonly Looked[]) => void }

/** Shows what was looked at last; one step back leads to what was looked at before. The page beside it stays in use. */
export function Inspector({ trail, onTrail }: InspectorProps) {
  const looked = trail.at(-1);
  const back = trail.length < 2 ? null : <ActionIcon variant="subtle" color="gray" aria-label="Back to what was shown before" onClick={() => onTrail(trail.slice(0, -1))}><IconArrowLeft size={17} /></ActionIcon>;
  return (
    <Drawer
      opened={looked !== undefined} onClose={() => onTrail([])} position="right" size={440} withOverlay={false} trapFocus={false} closeOnClickOutside={false}
      title={<span className={classes.drawerTitle}>{back}{looked && <LookedTitle looked={looked} />}</span>} closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ content: classes.drawer ?? '', inner: classes.drawerInner ?? '' }}
    >
      {looked?.kind === 'pair' && <InspectedPair looked={looked} onStep={(at) => onTrail([...trail.slice(0, -1), { ...looked, at }])} />}
      {looked?.kind === 'sample' && <InspectedSample key={looked.sample} place={looked.sample} />}
      {looked?.kind === 'subject' && <InspectedSubject subject={looked.subject} />}
    </Drawer>
  );
}

function LookedTitle({ looked }: { looked: Looked }) {
  const { samples } = useExplored();
  if (looked.kind === 'subject') return <>{looked.subject}</>;
  if (looked.kind === 'sample') return <>Sample of {samples[looked.sample]?.subject}</>;
  return <>{looked.isMated ? 'Mated' : 'Non-mated'} pair</>;
}
