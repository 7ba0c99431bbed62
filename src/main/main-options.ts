/** The data folder of `npm start -- --home DIR`; Electron and Chromium have words of their own on the same line. */
export function readMainOptions(words: readonly string[], defaultHome: string): string {
  const joined = words.find((word) => word.startsWith('--home='));
  if (joined !== undefined) return joined.slice('--home='.length);
  const place = words.indexOf('--home');
  return (place === -1 ? undefined : words[place + 1]) ?? defaultHome;
}
