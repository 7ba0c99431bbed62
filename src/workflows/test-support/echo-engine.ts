import type { FromEngine, ToEngine } from '../../contract/engine-port.ts';

// A process that says back what it hears; asked to remeasure, it dies with a last word.
const say = (message: FromEngine): void => void process.send!(message);
process.on('message', (message: ToEngine) => {
  if (message.type !== 'request') return;
  if (message.operation === 'device.measure') {
    process.stderr.write('first line\nSegmentation fault in the kernel\n', () => process.exit(7));
    return;
  }
  say({ type: 'done', id: message.id, value: message.input });
});
say({ type: 'ready' });
