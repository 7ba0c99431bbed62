import { useDisclosure } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { queryClient, useAsk } from '../desk/ask.ts';
import { followEvents } from '../desk/follow-events.ts';
import { forgetDrafts } from '../desk/use-draft.ts';
import { usePresence } from '../desk/use-presence.ts';
import { useMay, useSession } from '../desk/use-session.ts';
import { NotYoursScreen } from '../screens/not-yours-screen.tsx';
import { Banner } from './banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Header } from './header.tsx';
import { JobsDrawer } from './jobs-drawer.tsx';
import { KeysHelp } from './keys-help.tsx';
import { noticeOfJob } from './notice-of-job.ts';
import { placeOf } from './places.ts';
import { Rail } from './rail.tsx';
import { Screens } from './screens.tsx';
import { SignInScreen } from './sign-in-screen.tsx';
import { UnlockScreen } from './unlock-screen.tsx';
import classes from './shell.module.css';
import { useKeys } from './use-keys.ts';

/** Who is there, first: the window of a store with operators shows nothing before somebody has signed in. */
export function Shell() {
  const session = useSession();
  const operatorId = session?.operator?.id ?? null;
  const mustSignIn = session?.mustSignIn ?? false;
  const before = useRef(operatorId);
  useEffect(() => followEvents(noticeOfJob), []);
  useEffect(() => {
    // What one person saw and typed is no longer there when the next one sits down.
    if (!mustSignIn) return;
    forgetDrafts();
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session.state' });
  }, [mustSignIn]);
  useEffect(() => {
    // Another tab of this browser signed somebody else in.
    if (before.current !== null && operatorId !== null && before.current !== operatorId) window.location.reload();
    before.current = operatorId;
  }, [operatorId]);
  if (session === undefined) return null;
  return session.mustSignIn ? <SignInScreen /> : <Frame />;
}

/** The frame that stays: rail, header, banner, jobs drawer and the keys' help, around the place one is in. */
function Frame() {
  const [address] = useLocation();
  const may = useMay();
  const { data: desk } = useAsk('desk.state', {});
  const isLocked = desk?.protection.isLocked ?? false;
  usePresence();
  const [isJobsOpen, jobs] = useDisclosure(false);
  const [isHelpOpen, help] = useDisclosure(false);
  useKeys({ onHelp: help.toggle, onJobs: jobs.toggle });
  useEffect(() => {
    // What a locked desk no longer answers must not stay in the window's memory either.
    if (isLocked) queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'desk.state' && queryKey[0] !== 'session.state' });
  }, [isLocked]);
  const place = placeOf(address);
  useEffect(() => {
    document.title = place ? `${place.name} · Likeness` : 'Likeness';
    document.getElementById('place')?.scrollTo(0, 0);
  }, [address, place]);
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
            {isLocked && desk ? <UnlockScreen protection={desk.protection} /> : place && !may(place.needs) ? <NotYoursScreen place={place} /> : <Screens />}
          </ErrorBoundary>
        </main>
      </div>
      <JobsDrawer isOpen={isJobsOpen} onClose={jobs.close} />
      <KeysHelp isOpen={isHelpOpen} onClose={help.close} />
    </div>
  );
}
