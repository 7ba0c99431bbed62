/** Where the process runs: its platform, its environment, the person's own folder. */
export interface Surroundings {
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
  userFolder: string;
}

/** The data folder of every door, the same for all three: $LIKENESS_HOME, or the platform's place for such data. */
export function defaultHome({ platform, env, userFolder }: Surroundings): string {
  const chosen = env['LIKENESS_HOME'];
  if (chosen !== undefined && chosen !== '') return chosen;
  if (platform === 'win32') return `${filled(env['LOCALAPPDATA']) ?? `${userFolder}\\AppData\\Local`}\\Likeness`;
  if (platform === 'darwin') return `${userFolder}/Library/Application Support/Likeness`;
  // The XDG specification: a relative path there is to be ignored.
  const dataFolder = filled(env['XDG_DATA_HOME']);
  return `${dataFolder?.startsWith('/') === true ? dataFolder : `${userFolder}/.local/share`}/likeness`;
}

function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
