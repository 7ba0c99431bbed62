import { useDisclosure } from '@mantine/hooks';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { queryClient, useAsk } from '../desk/ask.ts';
import { followEvents } from '../desk/follow-events.ts';
import { usePresence } from '../desk/use-presence.ts';
import { Banner } from './banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Header } from './header.tsx';
import { JobsDrawer } from './jobs-drawer.tsx';
import { KeysHelp } from './keys-help.tsx';
import { noticeOfJob } from './notice-of-job.ts';
import { placeOf } from './places.ts';
import { Rail } from './rail.tsx';
import { Screens } from './screens.tsx';
import { UnlockScreen } from './unlock-screen.tsx';
import classes from './shell.module.css';
import { useKeys } from './use-keys.ts';

/** The frame that stays: rail, header, banner, jobs drawer and the keys' help, around the place one is in. */
export function Shell() {
  const [address] = useLocation();
  const { data: desk } = useAsk('desk.state', {});
  const isLocked = desk?.protection.isLocked ?? false;
  usePresence();
  const [isJobsOpen, jobs] = useDisclosure(false);
  const [isHelpOpen, help] = useDisclosure(false);
  useKeys({ onHelp: help.toggle, onJobs: jobs.toggle });
  useEffect(() => followEvents(noticeOfJob), []);
  useEffect(() => {
    // What a locked desk no longer answers must not stay in the window's memory either.
    if (isLocked) queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'desk.state' });
  }, [isLocked]);
  useEffect(() => {
    const place = placeOf(address);
    document.title = place ? `${place.name} · Likeness` : 'Likeness';
    document.getElementById('place')?.scrollTo(0, 0);
  }, [address]);
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#place" onClick={(event) => { event.preventDefault(); document.getElementById('place')?.focus(); }}>
        Skip to the page
      </a>
      <Rail onHelp={help.open} />
      <div className={classes.column}>
        <Header onJobs={jobs.open} />
        <Banner />
        <main className={classes.place} id="place" tabIndex={-1}>
          <ErrorBoundary key={address}>
            {isLocked && desk ? <UnlockScreen protection={desk.protection} /> : <Screens />}
          </ErrorBoundary>
        </main>
      </div>
      <JobsDrawer isOpen={isJobsOpen} onClose={jobs.close} />
      <KeysHelp isOpen={isHelpOpen} onClose={help.close} />
    </div>
  );
}
