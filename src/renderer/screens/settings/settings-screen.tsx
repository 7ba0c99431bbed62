import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import type { MantineColorScheme } from '@mantine/core';
import type { DeskState } from '../../../contract/requests/desk.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { useMay } from '../../desk/use-session.ts';
import { ConfirmModal } from '../../widgets/confirm-modal.tsx';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FactList } from '../../widgets/fact-list.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { quantity } from '../../words/numbers.ts';
import { licences } from './licences.ts';
import { BackupPanel } from './backup-panel.tsx';
import { PolicyPanel } from './policy-panel.tsx';
import { ConsentPanel, GuardsPanel } from './consent-panel.tsx';
import { OperatorsPanel } from './operators-panel.tsx';
import { OwnPassphrasePanel } from './own-passphrase-panel.tsx';
import { ProtectionPanel } from './protection-panel.tsx';
import { TemplateProtectionPanel } from './template-protection-panel.tsx';
import classes from './settings.module.css';

const schemes = [{ value: 'auto', label: 'As the system' }, { value: 'light', label: 'Light' }, { value: 'dark', label: 'Dark' }];

export function SettingsScreen() {
  const { data: desk, error } = useAsk('desk.state', {});
  const may = useMay();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Page>
      <ErrorNote error={error} />
      <div className={classes.columns}>
        <Panel title="Data folder" actions={desk && <CopyButton text={desk.project.folder} label="Copy the path" />}>
          {desk && <Whereabouts project={desk.project} />}
          {desk && (
            <p className={classes.words}>
              {quantity(desk.counts.subjects, 'person', 'people')} enrolled with {quantity(desk.counts.samples, 'sample')}, {quantity(desk.counts.datasets, 'dataset')}, {quantity(desk.counts.models, 'model')}, {quantity(desk.counts.evaluations, 'evaluation')}.
            </p>
          )}
        </Panel>
        {desk && may('protection.rotate') && <ProtectionPanel desk={desk} />}
        {desk && may('cancelable.protect') && <TemplateProtectionPanel key={desk.templates.transform} desk={desk} />}
        {may('operators.list') && <OperatorsPanel />}
        {desk && may('backup.write') && <BackupPanel desk={desk} />}
        <OwnPassphrasePanel />
        {may('consent.setPolicy') && <ConsentPanel />}
        {may('guards.set') && <GuardsPanel />}
        <Panel title="Appearance">
          <p className={classes.words}>Colours of the window. Exported figures are always drawn on white.</p>
          <SegmentedControl data={schemes} value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)} aria-label="Colours" />
        </Panel>
        {may('policy.set') && <PolicyPanel />}
        {desk?.project.isDemo && may('demo.reset') && <DemoPanel />}
        <Panel title="About">
          <FactList facts={[['Likeness', desk?.version ?? '…'], ['Window in', desk ? hostWords[desk.host] : '…'], ...Object.entries(desk?.device?.versions ?? {})]} />
        </Panel>
      </div>
      <Panel title="Licences" aside="Likeness is free software under the Apache License 2.0. The window is built with:">
        <ul className={classes.licences}>
          {licences.map(({ name, licence }) => <li key={name}><span>{name}</span><span>{licence}</span></li>)}
        </ul>
      </Panel>
    </Page>
  );
}

const hostWords = { electron: 'its own app (Electron)', browser: 'a browser tab', terminal: 'the terminal' } as const;

/** What is kept where. */
function Whereabouts({ project: { folder, server } }: Pick<DeskState, 'project'>) {
  if (server === null) {
    return (
      <>
        <p className={classes.words}>Everything that Likeness keeps is in this folder: pictures, templates, models, evaluations. Nothing leaves this machine.</p>
        <code className={classes.path}>{folder}</code>
      </>
    );
  }
  return (
    <>
      <p className={classes.words}>Models, datasets, evaluations, audit and receipts are in this folder.</p>
      <code className={classes.path}>{folder}</code>
      <p className={classes.words}>The enrolled people are on a server that other stations share, sealed before they are sent. The terminal moves them back: likeness gallery move --to local</p>
      <code className={classes.path}>{server}</code>
    </>
  );
}

function DemoPanel() {
  const reset = useTell('demo.reset');
  const [isAsking, setAsking] = useState(false);
  return (
    <Panel title="Demo project">
      <p className={classes.words}>Brings the demo back to its first state: its dataset, model, gallery and evaluation are made anew. People and models that were added since go.</p>
      <ErrorNote error={reset.error} />
      <Button variant="default" onClick={() => setAsking(true)} loading={reset.isPending}>Reset the demo…</Button>
      <ConfirmModal isOpen={isAsking} onClose={() => setAsking(false)} onConfirm={() => reset.mutate({})} title="Reset the demo project?" action="Reset the demo">
        People that were enrolled, runs, models and evaluations of this project are deleted. This cannot be undone.
      </ConfirmModal>
    </Panel>
  );
}
