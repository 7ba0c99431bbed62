import type { MenuItemConstructorOptions } from 'electron';

/** The system's own commands, by role; the window has its own keys for everything else ("?" shows them). */
export function menuTemplate(platform: NodeJS.Platform, isDeveloping: boolean): MenuItemConstructorOptions[] {
  const developing: MenuItemConstructorOptions[] = isDeveloping ? [{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }] : [];
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: [{ role: platform === 'darwin' ? 'close' : 'quit' }] },
    { role: 'editMenu', label: '&Edit' },
    {
      label: '&View',
      submenu: [...developing, { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { type: 'separator' }, { role: 'togglefullscreen' }],
    },
    { role: 'windowMenu', label: '&Window' },
  ];
}
