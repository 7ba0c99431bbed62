import { cpus } from 'node:os';

const MS = 1000;

/** From now on: how much of the processor other programs take. */
export function watchProcessor(): { othersShare(secondsOfPeer: number): number } {
  const before = read();
  return {
    othersShare(secondsOfPeer) {
      const now = read();
      const busy = now.busy - before.busy - (now.own - before.own) - secondsOfPeer;
      return Math.max(0, busy / (now.all - before.all));
    },
  };
}

/** Seconds of all cores together: busy, in all, and of this process. */
function read(): { busy: number; all: number; own: number } {
  let [busy, all] = [0, 0];
  for (const { times } of cpus()) {
    const working = times.user + times.nice + times.sys + times.irq;
    busy += working / MS;
    all += (working + times.idle) / MS;
  }
  const { user, system } = process.cpuUsage();
  return { busy, all, own: (user + system) / 1e6 };
}
