import { join } from 'node:path';
import { forkEngine } from '../workflows/fork-engine.ts';
import { openReplaceableDesk } from '../workflows/replaceable-desk.ts';
import type { Log } from '../workflows/workbench.ts';
import type { BrowserHost } from './serve.ts';
import { serveDesk } from './serve.ts';

export interface HostPlace {
  /** The checkout: its engine, its resources. */
  root: string;
  /** Of the built window. */
  windowFolder: string;
  version: string;
  /** The data folder. */
  home: string;
  port: number;
  log: Log;
  /** Told the next address when one has been used. */
  onNewAddress: (address: string) => void;
}

/** A desk and the host that serves it; closed together. */
export interface OpenHost {
  host: BrowserHost;
  close(): Promise<void>;
}

/** Opens the desk and serves it. @throws StartError, or RequestError where the data folder cannot be used. */
export async function openHost({ root, windowFolder, version, home, port, log, onNewAddress }: HostPlace): Promise<OpenHost> {
  const desk = await openReplaceableDesk({
    home,
    resources: join(root, 'resources'),
    host: 'browser',
    version,
    galleryServer: process.env['LIKENESS_STORE'] ?? null,
    spawnEngine: (lane) => forkEngine(join(root, 'src', 'engine', 'index.ts'), { LIKENESS_ENGINE_LANE: lane }),
    log,
  });
  try {
    const host = await serveDesk({
      desk, windowFolder, port, onNewAddress,
      reportFault: ({ request, error }) => { log(`A fault while answering ${request}.`, error); },
    });
    return { host, close: async () => { await host.close(); await desk.close(); } };
  } catch (error) {
    await desk.close();
    throw error;
  }
}
