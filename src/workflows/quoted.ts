/** A text as it stands in a cell: an apostrophe keeps a spreadsheet from running it as a formula. */
export const asCell = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** The same in a file (RFC 4180). */
export function quoted(text: string): string {
  const safe = asCell(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
