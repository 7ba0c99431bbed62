import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { envelopeOverhead, seal, unseal } from './envelope.ts';

const key = randomBytes(32);
const content = randomBytes(500);

describe('an envelope', () => {
  it('gives its content back to the same key and context, is 29 bytes longer, and never the same twice', () => {
    const [one, other] = [seal(key, content, ['sample', 'subject-1']), seal(key, content, ['sample', 'subject-1'])];
    expect(Buffer.from(unseal(key, one, ['sample', 'subject-1']))).toEqual(content);
    expect(one.length - content.length).toBe(envelopeOverhead);
    expect(one).not.toEqual(other);
    expect(Buffer.from(one).includes(content.subarray(0, 8))).toBe(false);
  });

  it('is refused with another key, subject, model or kind, and after a change of any byte', () => {
    const context = ['template', 'subject-1', 'sample-1', 'model-1'] as const;
    const envelope = seal(key, content, context);
    const refused = expect.objectContaining({ code: 'storage', message: expect.stringMatching(/changed from outside, or belongs to another key/) });
    expect(() => unseal(randomBytes(32), envelope, context)).toThrow(refused);
    for (const other of [['template', 'subject-2', 'sample-1', 'model-1'], ['template', 'subject-1', 'sample-1', 'model-2'], ['sample', 'subject-1', 'sample-1', 'model-1'], ['template', 'subject-1', 'sample-1'], ['template', 'subject-1', 'sample-1model-1', '']] as const) {
      expect(() => unseal(key, envelope, other as unknown as typeof context)).toThrow(refused);
    }
    for (let index = 0; index < envelope.length; index += 7) {
      const changed = Uint8Array.from(envelope);
      changed[index]! ^= 1;
      expect(() => unseal(key, changed, context), `byte ${index}`).toThrow(refused);
    }
    for (const length of [0, 5, envelopeOverhead - 1, envelope.length - 1]) expect(() => unseal(key, envelope.subarray(0, length), context)).toThrow(refused);
  });
});
