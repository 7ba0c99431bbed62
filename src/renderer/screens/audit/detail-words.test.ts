import { expect, it } from 'vitest';
import { instantWords } from '../../words/time.ts';
import { detailWords } from './detail-words.ts';

const at = Date.UTC(2026, 10, 23, 14, 5);

it.each([
  [{ score: 0.7123, isMatch: true, model: 'model-1' }, 'score 0.7123, match yes, model model-1'],
  [{ name: null, failures: 5, until: at }, `name none, failures 5, until ${instantWords(at)}`],
  [{ lockAfterMinutes: 15 }, 'lock after 15 min'],
  [{ lockAfterMinutes: 0 }, 'lock after never'],
  [{ consentText: 2, isRequired: false, retentionDays: 30 }, 'consent text 2, required no, retention 30 days'],
  [{ waitMs: 200_000 }, 'wait 3 min 20 s'],
  [{ guards: { duplicates: 'warn', fpir: 0.01 } }, 'guards: duplicates warn, fpir 0.01'],
  [{ expiresAt: null }, 'expires at none'],
  [{}, ''],
])('words the details %j', (details, words) => {
  expect(detailWords(details).replaceAll('\u00a0', ' ')).toBe(words);
});
