import { getDefaultZIndex, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { queryClient } from './desk/ask.ts';
import { Shell } from './shell/shell.tsx';
import { theme } from './theme.ts';

/** The host writes a fresh nonce into the page; Mantine's run-time styles carry it past the content policy. */
const styleNonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

/** A notice of a job never lies over the buttons of what somebody is answering; the jobs drawer keeps it. */
const BELOW_MODALS = getDefaultZIndex('modal') - 1;

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => styleNonce}>
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" autoClose={6000} limit={4} zIndex={BELOW_MODALS} />
        <Router hook={useHashLocation}>
          <Shell />
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  );
}
