import { createHandlers } from './operations.ts';
import { openPipe } from './process/pipe.ts';
import { serve } from './process/serve.ts';

// The engine process: pictures, networks and search. It speaks contract/engine-port.ts with the host that started it.
const pipe = openPipe();
pipe.onClosed(() => process.exit(0));
// Ctrl-C in a terminal reaches the whole group: the host decides when the engine ends.
process.on('SIGINT', () => undefined);
serve(pipe, createHandlers());
pipe.post({ type: 'ready' });
