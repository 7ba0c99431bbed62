import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * @typedef {object} ChildOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onLine]    each line of either stream
 * @property {() => number} [activity]            a number that changes while something arrives; a new line counts too
 * @property {() => void} [onTick]
 * @property {number | (() => number)} [stallMs]  stop it after this long without activity
 * @property {number} [limitMs]                   stop it after this long
 */

/**
 * @typedef {object} ChildEnd
 * @property {number | null} code
 * @property {'stalled' | 'over the time limit' | null} stopped
 * @property {string} output  the last lines, for a message
 */

const TICK_MS = 250;
const KEEP_LINES = 40;
const onWindows = process.platform === 'win32';

/** Process numbers of what runs now, so that a signal to the launcher takes them along. */
const running = /** @type {Set<number>} */ (new Set());

/** @param {NodeJS.Signals} [signal] */
export function stopChildren(signal = 'SIGKILL') {
  for (const pid of running) stopGroup(pid, signal);
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function stopGroup(pid, signal) {
  try {
    // Each child leads its own group: a compiler's or a shim's children go with it.
    process.kill(onWindows ? pid : -pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * Runs a program to its end, watched: it is stopped when nothing happens any more.
 * @param {string} command
 * @param {string[]} args
 * @param {ChildOptions} options
 * @returns {Promise<ChildEnd>} code null when it could not be started
 */
export function runChild(command, args, options) {
  return new Promise((resolve) => {
    // Node refuses to start a .cmd file without a shell; only npm is one, and its arguments are ours.
    const shell = onWindows && command.endsWith('.cmd');
    const child = spawn(command, args, {
      cwd: options.cwd, env: options.env, shell, detached: !onWindows, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'],
    });
    /** @type {string[]} */
    const lines = [];
    const watch = watchChild(child.pid ?? 0, options);
    /** @param {string} line */
    const onLine = (line) => {
      lines.push(line);
      if (lines.length > KEEP_LINES) lines.shift();
      watch.alive();
      options.onLine?.(line);
    };
    splitLines(child.stdout, onLine);
    splitLines(child.stderr, onLine);
    if (child.pid) running.add(child.pid);
    /** @param {number | null} code */
    const end = (code) => {
      if (child.pid) running.delete(child.pid);
      resolve({ code, stopped: watch.end(), output: lines.join('\n') });
    };
    child.on('error', (error) => {
      lines.push(error.message);
      end(null);
    });
    child.on('close', (code, signal) => end(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/**
 * @param {number} pid
 * @param {ChildOptions} options
 */
function watchChild(pid, { activity = () => 0, onTick = () => {}, stallMs = Infinity, limitMs = Infinity }) {
  const startedAt = Date.now();
  let aliveAt = startedAt;
  let seen = activity();
  /** @type {ChildEnd['stopped']} */
  let stopped = null;
  const timer = setInterval(() => {
    const now = activity();
    if (now !== seen) aliveAt = Date.now();
    seen = now;
    onTick();
    const patience = typeof stallMs === 'function' ? stallMs() : stallMs;
    if (Date.now() - aliveAt > patience) stopped = 'stalled';
    else if (Date.now() - startedAt > limitMs) stopped = 'over the time limit';
    if (stopped && pid) stopGroup(pid, 'SIGKILL');
  }, TICK_MS);
  return {
    alive: () => void (aliveAt = Date.now()),
    end: () => {
      clearInterval(timer);
      return stopped;
    },
  };
}

/**
 * @param {NodeJS.ReadableStream} stream
 * @param {(line: string) => void} onLine
 */
function splitLines(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (/** @type {string} */ text) => {
    const parts = (rest + text).split(/\r?\n|\r/);
    rest = parts.pop() ?? '';
    for (const part of parts) if (part.trim()) onLine(part);
  });
  stream.on('end', () => {
    if (rest.trim()) onLine(rest);
  });
}
