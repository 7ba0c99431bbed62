import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import type { Place } from './places.ts';
import { placeOf, welcome } from './places.ts';
import { usePlaceGroups } from './use-places.ts';
import classes from './rail.module.css';

/** The places of whoever is here, in their groups. */
export function Rail({ onHelp }: { onHelp: () => void }) {
  const groups = usePlaceGroups();
  return (
    <nav className={classes.rail} aria-label="Places">
      <Link href={welcome.address} className={classes.brand ?? ''}>
        <svg className={classes.mark} viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="12" cy="16" r="7.5" />
          <circle cx="20" cy="16" r="7.5" />
        </svg>
        <span className={classes.word}>Likeness</span>
      </Link>
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group.name} className={classes.group} aria-label={group.name}>
            <h2 className={classes.heading}>{group.name}</h2>
            <ul className={classes.list}>
              {group.places.map((place) => <RailItem key={place.address} place={place} />)}
            </ul>
          </section>
        ))}
      </div>
      <UnstyledButton className={classes.keys ?? ''} onClick={onHelp} aria-label="Keys">
        <IconKeyboard size={17} stroke={1.6} />
        <span className={classes.word}>Keys</span>
        <kbd className={classes.key}>?</kbd>
      </UnstyledButton>
    </nav>
  );
}

function RailItem({ place }: { place: Place }) {
  const [address] = useLocation();
  const isHere = placeOf(address)?.address === place.address;
  const Icon = place.icon;
  return (
    <li>
      <Tooltip label={place.purpose} position="right" openDelay={700}>
        <Link href={place.address} className={classes.item ?? ''} aria-current={isHere ? 'page' : undefined} aria-label={place.name}>
          <Icon size={18} stroke={1.6} />
          <span className={classes.word}>{place.name}</span>
        </Link>
      </Tooltip>
    </li>
  );
}
