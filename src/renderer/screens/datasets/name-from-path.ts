/** "/data/faces/" becomes "faces", "people.csv" becomes "people". */
export function nameFromPath(path: string): string {
  const last = path.trim().split(/[\\/]/).filter(Boolean).at(-1) ?? '';
  return last.replace(/\.csv$/i, '');
}
