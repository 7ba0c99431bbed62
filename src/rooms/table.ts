/** A room may be imported whole, or only for its types. A deeper name ("contract/recipe") allows that folder alone. */
export interface Row {
  values: readonly string[];
  types: readonly string[];
  /** Names of packages; "@scope/*" is a whole scope. */
  packages: readonly string[];
  /** Packages of which only types may be imported. */
  typePackages: readonly string[];
  node: boolean;
  /** What its tests need besides. */
  testPackages: readonly string[];
}

function row(allowed: Partial<Row>): Row {
  return { values: [], types: [], packages: [], typePackages: [], node: false, testPackages: [], ...allowed };
}

const tensors = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'];

/** Who may import whom: the table of docs/architecture.md, executable. Every room may import itself. */
export const roomTable: Readonly<Record<string, Row>> = {
  evaluation: row({}),
  contract: row({ types: ['evaluation'], packages: ['zod'] }),
  learning: row({ types: ['contract/recipe'], packages: tensors, testPackages: ['@tensorflow/tfjs-backend-cpu'] }),
  engine: row({
    values: ['learning', 'contract', 'evaluation'],
    packages: [...tensors, '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-converter', 'sharp', 'onnxruntime-node', '@huggingface/tokenizers', 'csv-parse'],
    node: true,
  }),
  store: row({ values: ['contract'], packages: ['better-sqlite3', 'pg'], node: true }),
  workflows: row({ values: ['contract', 'evaluation', 'store', 'charts'], packages: ['zod', 'csv-parse', 'linkedom', 'pino', 'umap-js', 'pdfmake'], node: true }),
  charts: row({ values: ['evaluation'], types: ['contract'], packages: ['@observablehq/plot'], typePackages: ['@types/*', 'd3'] }),
  main: row({ values: ['workflows', 'contract'], packages: ['electron', 'pino'], node: true }),
  server: row({ values: ['workflows', 'contract'], packages: ['hono', '@hono/node-server', 'pino'], node: true }),
  cli: row({ values: ['workflows', 'contract'], packages: ['commander', 'cli-progress', 'pino'], node: true }),
  preload: row({ types: ['contract'], packages: ['electron'] }),
  renderer: row({
    values: ['contract', 'evaluation', 'charts'],
    packages: ['react', 'react-dom', 'wouter', 'zod', '@mantine/*', '@tabler/icons-react', '@tanstack/*', '@observablehq/plot', '@fontsource/*', '@fontsource-variable/*'],
  }),
  /** The checker itself. */
  rooms: row({ packages: ['typescript'], node: true }),
};

/** What files that only tests read may import beyond their room's row: tests run in Node, and a charts test needs a DOM. */
export const testPackages: readonly string[] = ['vitest', 'fast-check', 'linkedom', 'typescript'];
