const NO_BREAK = '\u00a0';

/** "40 s", "3 min 20 s", "2 h 5 min". */
export function durationWords(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  if (seconds < 1) return `${Math.max(0, Math.round(durationMs))}${NO_BREAK}ms`;
  if (seconds < 60) return `${seconds}${NO_BREAK}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return joined([minutes, 'min'], [seconds % 60, 's']);
  if (minutes < 60) return `${Math.round(seconds / 60)}${NO_BREAK}min`;
  return joined([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min']);
}

function joined(...parts: [number, string][]): string {
  return parts.filter(([amount], index) => index === 0 || amount > 0).map(([amount, unit]) => `${amount}${NO_BREAK}${unit}`).join(' ');
}

const dateTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const dateOnly = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const timeOnly = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

/** "23 Nov 2026, 14:05". */
export const instantWords = (instant: number): string => dateTime.format(instant);

/** The time for today, the date for earlier days: "14:05", "23 Nov 2026". */
export function shortInstantWords(instant: number, now: number): string {
  return dateOnly.format(instant) === dateOnly.format(now) ? timeOnly.format(instant) : dateOnly.format(instant);
}
