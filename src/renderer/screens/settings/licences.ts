/** What the window itself is made of, with the licences its packages state. */
export const licences: readonly { name: string; licence: string }[] = [
  { name: 'React', licence: 'MIT' },
  { name: 'Mantine', licence: 'MIT' },
  { name: 'Observable Plot', licence: 'ISC' },
  { name: 'TanStack Query, Virtual', licence: 'MIT' },
  { name: 'wouter', licence: 'Unlicense' },
  { name: 'Tabler Icons', licence: 'MIT' },
  { name: 'Inter', licence: 'OFL 1.1' },
  { name: 'zod', licence: 'MIT' },
  { name: 'TensorFlow, TensorFlow.js', licence: 'Apache 2.0' },
  { name: 'sharp', licence: 'Apache 2.0' },
  { name: 'libvips', licence: 'LGPL 3.0 or later' },
  { name: 'better-sqlite3', licence: 'MIT' },
  { name: 'Hono', licence: 'MIT' },
  { name: 'Electron', licence: 'MIT' },
];
