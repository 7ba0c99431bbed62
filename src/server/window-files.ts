import type { Context } from 'hono';
import { windowFile } from '../contract/wire/window-file.ts';
import { windowFolder } from '../workflows/window-folder.ts';
import { refuse } from './guard.ts';

/** Answers with a file of the built window. */
export async function serveWindow(context: Context, folder: string): Promise<Response> {
  const file = await windowFile(windowFolder(folder), new URL(context.req.url).pathname);
  if (file === null) return refuse(context, 404, 'There is no such file in the window of Likeness.');
  return context.body(file.body, 200, file.headers);
}
