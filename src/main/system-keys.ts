import type { SafeStorage } from 'electron';

/** What only this account of this machine gets back: the key store of the operating system, as bytes. */
export interface SystemKeys {
  guard(secret: Uint8Array): Uint8Array;
  release(guarded: Uint8Array): Uint8Array;
}

/** Null where there is none: on Linux without a key ring Electron would only disguise the key, and that is no protection. */
export function systemKeys(storage: Pick<SafeStorage, 'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'>, platform: string): SystemKeys | null {
  if (!storage.isEncryptionAvailable()) return null;
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend())) return null;
  return {
    guard: (secret) => storage.encryptString(Buffer.from(secret).toString('base64')),
    release: (guarded) => Buffer.from(storage.decryptString(Buffer.from(guarded)), 'base64'),
  };
}
