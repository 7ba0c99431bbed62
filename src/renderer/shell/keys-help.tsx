import { Kbd, Modal } from '@mantine/core';
import { Fragment } from 'react';
import classes from './keys-help.module.css';
import { welcome } from './places.ts';
import { usePlaceGroups } from './use-places.ts';

const general: [string[], string][] = [
  [['?'], 'Show or hide these keys'],
  [['j'], 'Jobs'],
  [['/'], 'Search on this page'],
  [['Esc'], 'Close what is open'],
  [['←', '→'], 'Move a threshold that has the focus'],
  [['Ctrl', 'V'], 'Paste a picture, where pictures are taken'],
];

export function KeysHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const places = [welcome, ...usePlaceGroups().flatMap((group) => group.places)];
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keys" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes.columns}>
        <KeyList title="Anywhere" rows={general} />
        <KeyList title="Go to" rows={places.map((place) => [['g', place.key], place.name])} />
      </div>
    </Modal>
  );
}

function KeyList({ title, rows }: { title: string; rows: [string[], string][] }) {
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.list}>
        {rows.map(([keys, words]) => (
          <Fragment key={words}>
            <dt>{keys.map((key) => <Kbd key={key} size="xs">{key}</Kbd>)}</dt>
            <dd>{words}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
