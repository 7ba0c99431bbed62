/** A picture that a layout attributes to a subject. `path` is relative to the dataset's folder. */
export interface FoundImage {
  path: string;
  subject: string;
  metadata: Record<string, string>;
}

/** What lies in a folder or manifest, before any picture is opened. */
export interface DatasetScan {
  images: FoundImage[];
  /** Rows and files that name no readable picture, with the reason. */
  unreadable: { path: string; reason: string }[];
  emptyFolders: string[];
  skippedFiles: number;
  /** Metadata columns. */
  columns: string[];
  /** What the reader of the log should know. */
  /** `example` names people. */
  notes: { text: string; example: string }[];
}

const imageEndings = new Set([
  '.png', '.jpg', '.jpeg', '.jpe', '.jfif', '.pgm', '.ppm', '.pbm', '.pnm', '.tif', '.tiff', '.webp', '.gif', '.bmp', '.avif', '.heic',
  '.heif', '.jp2', '.wsq',
]);

export function looksLikeImage(fileName: string): boolean {
  const dot = fileName.lastIndexOf('.');
  return dot > 0 && imageEndings.has(fileName.slice(dot).toLowerCase());
}

const natural = new Intl.Collator('en', { numeric: true });

/** "s2" before "s10". */
export function inNaturalOrder(one: string, other: string): number {
  return natural.compare(one, other) || (one < other ? -1 : Number(one > other));
}
