/** Why there is no picture from a camera, and what to do about it. */
export interface CameraTrouble {
  readonly title: string;
  readonly words: string;
}

const troubles: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: { title: 'The camera was refused', words: 'Allow the camera for this page (by the sign beside the address, and in the privacy settings of the system), then try again.' },
  NotFoundError: { title: 'No camera was found', words: 'Plug one in and try again, or use a file.' },
  OverconstrainedError: { title: 'This camera is not there any more', words: 'Choose another one, or plug it in again.' },
  NotReadableError: { title: 'The camera does not answer', words: 'Another program may be using it. Close that program, then try again.' },
  AbortError: { title: 'The camera does not answer', words: 'Another program may be using it. Close that program, then try again.' },
  SecurityError: { title: 'The camera is switched off for this page', words: 'The settings of this browser forbid cameras. Use a file, or another browser.' },
};

export const cameraUnplugged: CameraTrouble = { title: 'The camera is gone', words: 'It was unplugged, or the system has taken it away. Plug it in and try again.' };

export const noCameraHere: CameraTrouble = { title: 'This window has no access to cameras', words: 'Open Likeness at the address that it printed (127.0.0.1 or localhost), or use a file.' };

/** What `getUserMedia` threw, in words. */
export function troubleOf(error: unknown): CameraTrouble {
  const name = error instanceof Error ? error.name : '';
  const words = error instanceof Error ? error.message : String(error);
  return troubles[name] ?? { title: 'The camera cannot be used', words: words || 'The system did not say why.' };
}
