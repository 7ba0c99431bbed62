import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { styleNoncePlaceholder } from './src/contract/wire/content-policy.ts';

const inSource = (path: string): string => resolve(import.meta.dirname, 'src', path);

/** main: the door and, as a second entry, the engine that it starts as a utility process. Packages stay in node_modules. */
const mainEntries = { index: inSource('main/index.ts'), engine: inSource('engine/index.ts') };

export default defineConfig({
  main: {
    build: {
      target: 'node24',
      rollupOptions: { input: Object.fromEntries(Object.entries(mainEntries).filter(([, path]) => existsSync(path))) },
    },
  },
  preload: {
    // Sandboxed preload scripts can require nothing but Electron itself: everything else must be in the one file.
    build: {
      externalizeDeps: false,
      rollupOptions: { input: { index: inSource('preload/index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false } },
    },
  },
  renderer: {
    root: inSource('renderer'),
    base: '/',
    // The hosts put a fresh nonce in the place of this word each time they serve the page.
    html: { cspNonce: styleNoncePlaceholder },
    plugins: [react()],
    build: {
      target: ['chrome142', 'firefox140', 'safari18.4'],
      // Inlined files would be data: addresses, which the content policy allows for pictures only.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { index: inSource('renderer/index.html') } },
    },
  },
});
