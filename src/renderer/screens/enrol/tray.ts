import type { EnrolOutcome } from '../../../contract/requests/gallery.ts';
import type { Upload } from '../../desk/use-uploads.ts';

/** A picture in the tray: its upload, and what the last enrolment said about it. */
export interface TrayItem {
  readonly key: string;
  readonly upload: Upload;
  readonly reason: string | null;
}

export function withUpload(items: readonly TrayItem[], upload: Upload): TrayItem[] {
  const item: TrayItem = { key: upload.key, upload, reason: null };
  return items.some(({ key }) => key === upload.key) ? items.map((other) => (other.key === upload.key ? item : other)) : [...items, item];
}

/** Every picture that has arrived. */
export function imagesThere(items: readonly TrayItem[]): string[] {
  return items.flatMap(({ upload }) => (upload.state === 'there' ? [upload.image.imageId] : []));
}

/** The pictures that can be offered: there, and not refused before. */
export function readyImages(items: readonly TrayItem[]): string[] {
  return items.flatMap(({ upload, reason }) => (upload.state === 'there' && reason === null ? [upload.image.imageId] : []));
}

/** Accepted pictures leave the tray, hands of which any finger was accepted too; the others stay, each with its reason. */
export function afterEnrolment(items: readonly TrayItem[], outcomes: readonly EnrolOutcome[]): TrayItem[] {
  return items.flatMap((item): TrayItem[] => {
    const { upload } = item;
    const ofPicture = upload.state === 'there' ? outcomes.filter(({ imageId }) => imageId === upload.image.imageId) : [];
    const [first] = ofPicture;
    if (first === undefined) return [item];
    return ofPicture.some(({ accepted }) => accepted) ? [] : [{ ...item, reason: first.reason ?? 'It could not be used.' }];
  });
}

/** Once more from the start: what was refused may be accepted under other conditions. */
export function withoutReasons(items: readonly TrayItem[]): TrayItem[] {
  return items.map((item) => ({ ...item, reason: null }));
}
