import { constants, setPriority } from 'node:os';
import { createHandlers } from './operations.ts';
import { openPipe } from './process/pipe.ts';
import { serve } from './process/serve.ts';

// The engine process: pictures, networks and search. It speaks contract/engine-port.ts with the host that started it.
// Long work stands back: the window and the engine that answers people come first, threads made from here on inherit it.
if (process.env['LIKENESS_ENGINE_LANE'] === 'batch') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const pipe = openPipe();
pipe.onClosed(() => process.exit(0));
// Ctrl-C in a terminal reaches the whole group: the host decides when the engine ends.
process.on('SIGINT', () => undefined);
serve(pipe, createHandlers());
pipe.post({ type: 'ready' });
