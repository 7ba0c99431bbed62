import { useCallback } from 'react';
import type { RequestOutput } from '../../contract/requests.ts';
import { bridge } from '../bridge.ts';

/** A picture on its way into the memory of the desk, or why it could not get there. */
export type Upload = { readonly key: string; readonly fileName: string } & (
  | { readonly state: 'sending' }
  | { readonly state: 'there'; readonly image: RequestOutput<'images.put'> }
  | { readonly state: 'refused'; readonly error: unknown }
);

let nextKey = 0;

/** Sends files one after the other, so that a hundred photographs do not fill the memory, and reports each as it goes. */
export function useUploads(onUpload: (upload: Upload) => void): (files: readonly File[]) => Promise<void> {
  return useCallback(async (files) => {
    const waiting = files.map((file) => ({ file, key: `upload-${nextKey++}`, fileName: file.name || 'pasted picture' }));
    for (const { key, fileName } of waiting) onUpload({ key, fileName, state: 'sending' });
    for (const { file, key, fileName } of waiting) onUpload(await upload(file, { key, fileName }));
  }, [onUpload]);
}

async function upload(file: File, identity: { key: string; fileName: string }): Promise<Upload> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const image = await bridge.ask('images.put', { fileName: identity.fileName, bytes });
    return { ...identity, state: 'there', image };
  } catch (error) {
    return { ...identity, state: 'refused', error };
  }
}
