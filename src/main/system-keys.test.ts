import { describe, expect, it } from 'vitest';
import { systemKeys } from './system-keys.ts';

const storage = (backend: 'gnome_libsecret' | 'basic_text' | 'unknown', isAvailable = true) => ({
  isEncryptionAvailable: () => isAvailable,
  getSelectedStorageBackend: () => backend,
  encryptString: (text: string) => Buffer.from([...text].reverse().join('')),
  decryptString: (bytes: Buffer) => [...bytes.toString()].reverse().join(''),
});

describe('the key store of the operating system', () => {
  it('gives bytes back as they were', () => {
    const keys = systemKeys(storage('gnome_libsecret'), 'linux')!;
    const secret = Uint8Array.from({ length: 32 }, (_, index) => index * 8);
    expect(new Uint8Array(keys.release(keys.guard(secret)))).toEqual(secret);
  });

  it('is none where the system has none, or only pretends to', () => {
    expect(systemKeys(storage('basic_text'), 'linux')).toBeNull();
    expect(systemKeys(storage('unknown'), 'linux')).toBeNull();
    expect(systemKeys(storage('gnome_libsecret', false), 'linux')).toBeNull();
    expect(systemKeys(storage('unknown'), 'darwin')).not.toBeNull();
  });
});
