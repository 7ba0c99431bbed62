/**
 * @typedef {object} Progress
 * @property {string} doing
 * @property {number} [done]
 * @property {number} [total]
 * @property {'bytes' | 'packages'} [unit]
 */

/**
 * @typedef {object} Task
 * @property {(progress: Progress) => void} update
 * @property {(text: string) => void} say           a line that stays, such as "the download broke off: trying again"
 * @property {(text: string) => void} finish
 */

/**
 * @typedef {object} Reporter
 * @property {(title: string) => Task} begin
 * @property {(text: string) => void} say
 */

/** A plain line this often, so that a log of CI shows life without filling up. */
const PLAIN_LINE_EVERY_MS = 5_000;
const REDRAW_EVERY_MS = 200;

/** @param {number} bytes */
export function inMegabytes(bytes) {
  return bytes < 10e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.round(bytes / 1e6)} MB`;
}

/** @param {number} ms */
export function inSeconds(ms) {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/** @param {Progress} progress */
export function describeProgress({ doing, done, total, unit }) {
  if (done === undefined) return doing;
  const show = unit === 'bytes' ? inMegabytes : String;
  const of = total ? ` of ${show(total)}` : '';
  const percent = total ? ` (${Math.min(100, Math.floor((100 * done) / total))} %)` : '';
  return `${doing}: ${show(done)}${of}${unit === 'packages' ? ' packages' : ''}${percent}`;
}

/**
 * Tells of the set-up on one stream, which is never stdout: that belongs to the answer of the command.
 * @param {Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean }} stream
 * @param {() => number} [now]
 * @returns {Reporter}
 */
export function createReporter(stream, now = Date.now) {
  const live = Boolean(stream.isTTY);
  const erase = live ? '\r\x1b[2K' : '';
  /** @param {string} text */
  const say = (text) => void stream.write(`${erase}${text}\n`);
  return {
    say,
    begin(title) {
      const startedAt = now();
      let drawnAt = startedAt;
      let firstLineWritten = false;
      const elapsed = () => inSeconds(now() - startedAt);
      return {
        update(progress) {
          const wait = live ? REDRAW_EVERY_MS : PLAIN_LINE_EVERY_MS;
          if (firstLineWritten && now() - drawnAt < wait) return;
          firstLineWritten = true;
          drawnAt = now();
          const line = `… ${title}: ${describeProgress(progress)}, ${elapsed()}`;
          if (live) stream.write(`${erase}${line}`);
          else say(line);
        },
        say: (text) => say(`  ${title}: ${text}`),
        finish: (text) => say(`${title}: ${text} (${elapsed()})`),
      };
    },
  };
}
