import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const unsharing = process.getuid?.() === 0 ? ['--net'] : ['--user', '--map-root-user', '--net'];

/** A command line in a network of its own that has nothing but this machine's own addresses: whoever calls elsewhere finds no way there. */
export function inOwnNetwork(command: readonly string[]): [string, ...string[]] {
  return ['unshare', ...unsharing, 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...command];
}

/** Why such a network cannot be had here, or null. */
export function whyNoOwnNetwork(): string | null {
  if (process.platform !== 'linux') return 'it takes network namespaces, which only Linux has';
  const [program, ...words] = inOwnNetwork(['true']);
  const { status, stderr, error } = spawnSync(program, words, { encoding: 'utf8' });
  return status === 0 ? null : (error?.message ?? stderr).trim();
}

/**
 * What the kernel has counted in the network of this process, whichever program and library it came from: packets for which there was no way
 * (also the first of a connection that was only asked for), and datagrams that were sent, as a question for a name is.
 */
export interface NetworkCounts {
  withoutWay: number;
  datagrams: number;
}

export function countedByKernel(): NetworkCounts {
  const counters = new Map(['/proc/net/snmp', '/proc/net/snmp6'].filter((file) => existsSync(file)).flatMap(countersOf));
  const sum = (...names: string[]): number => names.reduce((total, name) => total + (counters.get(name) ?? 0), 0);
  return { withoutWay: sum('Ip OutNoRoutes', 'Ip6OutNoRoutes'), datagrams: sum('Udp OutDatagrams', 'Udp6OutDatagrams') };
}

/** Of IPv4 two lines a protocol, names and numbers; of IPv6 a line a counter (proc(5), RFC 4293). */
function countersOf(file: string): [string, number][] {
  const lines = readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split(/:?\s+/));
  if (lines.every((words) => words.length === 2)) return lines.map(([name = '', value]) => [name, Number(value)]);
  return lines.flatMap(([protocol = '', ...names], index) => {
    const values = lines[index + 1];
    return index % 2 === 0 && values?.[0] === protocol ? names.map((name, column): [string, number] => [`${protocol} ${name}`, Number(values[column + 1])]) : [];
  });
}
