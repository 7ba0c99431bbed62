import { instantsOfAudit } from '../../../contract/requests/audit.ts';
import { durationWords, instantWords } from '../../words/time.ts';

/** What a line of the audit tells besides, as people read it: "failures before 2, match yes, until 23 Nov 2026, 14:05". */
export function detailWords(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details).map(([key, value]) => detail(key, value)).join(', ');
}

function detail(key: string, value: unknown): string {
  if (typeof value === 'object' && value !== null) return `${nameWords(key)}: ${Array.isArray(value) ? value.map(plain).join(' ') : detailWords(value as Record<string, unknown>)}`;
  if (typeof value !== 'number') return `${nameWords(key)} ${plain(value)}`;
  if (instantsOfAudit.has(key)) return `${nameWords(key)} ${instantWords(value)}`;
  if (key.endsWith('Ms')) return `${nameWords(key.slice(0, -2))} ${durationWords(value)}`;
  if (key.endsWith('Minutes')) return `${nameWords(key.slice(0, -7))} ${value === 0 ? 'never' : durationWords(value * 60_000)}`;
  if (key.endsWith('Days')) return `${nameWords(key.slice(0, -4))} ${value} days`;
  return `${nameWords(key)} ${value}`;
}

function plain(value: unknown): string {
  if (value === null) return 'none';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

/** "isAboveThreshold" as "above threshold". */
function nameWords(key: string): string {
  return key.replace(/^is(?=[A-Z])/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
}
