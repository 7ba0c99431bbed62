import { encodeBytes } from '../contract/wire/bytes.ts';
import type { Seat } from '../contract/wire/desk.ts';

/** A window so far behind is let go; it connects again by itself and asks anew for what it shows. */
const mostWaitingLines = 2000;

/** What the desk tells a seat as server-sent events, each one JSON as `encodeBytes` writes it, with a comment as heartbeat. */
export function eventStream(desk: Pick<Seat, 'subscribe'>, heartbeatMs: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop: () => void = () => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (line: string): void => {
          if ((controller.desiredSize ?? 0) <= 0) {
            stop();
            controller.close();
            return;
          }
          controller.enqueue(encoder.encode(line));
        };
        const unsubscribe = desk.subscribe((event) => {
          send(`data: ${encodeBytes(event)}\n\n`);
        });
        const heartbeat = setInterval(() => {
          send(': still here\n\n');
        }, heartbeatMs);
        heartbeat.unref();
        stop = () => {
          unsubscribe();
          clearInterval(heartbeat);
        };
        send('retry: 1000\n\n');
      },
      cancel() {
        stop();
      },
    },
    { highWaterMark: mostWaitingLines },
  );
}
