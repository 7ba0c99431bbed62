import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { styleNoncePlaceholder } from './src/contract/wire/content-policy.ts';

const inSource = (path: string): string => resolve(import.meta.dirname, 'src', path);

/** The door, the engine that it starts as a utility process, the thread that scores. Packages stay in node_modules. */
const mainEntries = {
  index: inSource('main/index.ts'),
  engine: inSource('engine/index.ts'),
  'scoring-worker': inSource('workflows/scoring-worker.ts'),
};

/** electron-vite makes production addresses relative, for file: pages; ours has places with deeper addresses of their own. */
const absoluteAddresses: Plugin = { name: 'likeness:absolute-addresses', enforce: 'post', config: () => ({ base: '/' }) };

export default defineConfig({
  main: {
    build: {
      target: 'node24',
      rollupOptions: { input: mainEntries },
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
    // The hosts put a fresh nonce in the place of this word each time they serve the page.
    html: { cspNonce: styleNoncePlaceholder },
    plugins: [react(), absoluteAddresses],
    build: {
      target: 'es2023',
      // Inlined files would be data: addresses, which the content policy allows for pictures only.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { index: inSource('renderer/index.html') } },
    },
  },
});
