import { IconAlertTriangle, IconLoader2 } from '@tabler/icons-react';
import { useAsk } from '../desk/ask.ts';
import { useConnection } from '../desk/use-connection.ts';
import classes from './banner.module.css';

/** Says in words when something below the window is away, and what that means for the work at hand. */
export function Banner() {
  const isConnected = useConnection();
  const { data: desk } = useAsk('desk.state', {});
  const message = isConnected ? (desk ? engineWords[desk.engine] : null) : lostWords;
  if (message === null) return null;
  const isLost = !isConnected || desk?.engine === 'lost';
  return (
    <div className={classes.banner} role="status" data-lost={isLost || undefined}>
      {isLost ? <IconAlertTriangle size={17} /> : <IconLoader2 size={17} className={classes.turning ?? ''} />}
      {message}
    </div>
  );
}

const lostWords = 'Likeness does not answer. This window keeps what you typed and connects again by itself; if the program was closed, start it again.';

const engineWords = {
  starting: 'The engine is starting and measures this machine. Pictures and matching come in a moment.',
  ready: null,
  restarting: 'The engine stopped and is being started again. No enrolled person is lost; a training goes on from its last checkpoint.',
  lost: 'The engine could not be started again. Matching and training wait; the gallery is safe. The Device page says more.',
} as const;
