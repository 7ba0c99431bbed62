/** The folder that a file lies in: "/home/ann" of "/home/ann/lab.backup"; "" of what names none. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'), 0));
}

/** A file in a folder, written as the folder is: "/home/ann" or "C:\\Users\\Ann". */
export function inFolder(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder.replace(/[\\/]+$/, '')}${separator}${name}`;
}
