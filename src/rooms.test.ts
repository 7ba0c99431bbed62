import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { violations } from './rooms/check.ts';
import { roomTable } from './rooms/table.ts';

const source = import.meta.dirname;

describe('the rooms', () => {
  it('import only what the table of docs/architecture.md allows', async () => {
    const entries = await readdir(source, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
    expect(paths.length).toBeGreaterThan(50);
    const found = await Promise.all(paths.map(async (path) => violations(relative(source, path).split(sep).join('/'), await readFile(path, 'utf8'))));
    expect(found.flat()).toEqual([]);
  });
});

/** For every row: what it must refuse, and what it must let pass. */
const planted: Record<keyof typeof roomTable, { refused: string[]; allowed: string[] }> = {
  evaluation: {
    refused: [`import { z } from 'zod'`, `import type { Job } from '../contract/jobs.ts'`, `import 'node:fs'`, `import fs from 'fs'`],
    allowed: [`import { rocCurve } from './roc.ts'`, `export * from './inner/roc.ts'`],
  },
  contract: {
    refused: [`import { rocCurve } from '../evaluation/roc.ts'`, `import { Buffer } from 'node:buffer'`, `import type { Store } from '../store/store.ts'`],
    allowed: [`import { z } from 'zod'`, `import type { Roc } from '../evaluation/roc.ts'`, `export type { Roc } from '../evaluation/roc.ts'`],
  },
  learning: {
    refused: [
      `import { recipeSchema } from '../contract/recipe/recipe.ts'`, `import type { Job } from '../contract/jobs.ts'`,
      `import * as tf from '@tensorflow/tfjs-node-gpu'`, `await import('sharp')`, `import { readFile } from 'node:fs/promises'`,
    ],
    allowed: [`import * as tf from '@tensorflow/tfjs-core'`, `import type { Recipe } from '../contract/recipe/recipe.ts'`],
  },
  engine: {
    refused: [`import Database from 'better-sqlite3'`, `import { openStore } from '../store/open.ts'`, `import { openDesk } from '../workflows/app.ts'`, `import 'electron'`],
    allowed: [`import sharp from 'sharp'`, `import { step } from '../learning/step.ts'`, `const tf = require('@tensorflow/tfjs-node-gpu')`, `import 'node:fs'`],
  },
  store: {
    refused: [`import * as tf from '@tensorflow/tfjs-core'`, `import { rocCurve } from '../evaluation/roc.ts'`, `import '../workflows/app.ts'`],
    allowed: [`import Database from 'better-sqlite3'`, `import type { Part } from '../contract/vocabulary.ts'`, `import 'node:path'`],
  },
  workflows: {
    refused: [`import { app } from 'electron'`, `import type { Engine } from '../engine/main.ts'`, `import '../learning/step.ts'`, `type A = import('../main/window.ts').A`, `import sharp from 'sharp'`],
    allowed: [`import '../store/open.ts'`, `import '../evaluation/roc.ts'`, `import { rocFigure } from '../charts/roc.ts'`, `import 'node:fs'`],
  },
  charts: {
    refused: [`import { job } from '../contract/jobs.ts'`, `import React from 'react'`, `import 'node:fs'`, `import { select } from 'd3'`, `import '../renderer/app.tsx'`],
    allowed: [`import type { Job } from '../contract/jobs.ts'`, `import * as Plot from '@observablehq/plot'`, `import type { Selection } from 'd3'`, `import '../evaluation/roc.ts'`],
  },
  main: {
    refused: [`import { Hono } from 'hono'`, `import '../server/app.ts'`, `import '../engine/main.ts'`, `import '../store/open.ts'`],
    allowed: [`import { app } from 'electron'`, `import '../workflows/app.ts'`, `import { answer } from '../contract/wire/answer.ts'`, `import 'node:path'`],
  },
  server: {
    refused: [`import { app } from 'electron'`, `import '../main/window.ts'`, `import '../store/open.ts'`, `export { x } from '../cli/main.ts'`],
    allowed: [`import { Hono } from 'hono'`, `import { getCookie } from 'hono/cookie'`, `import { serve } from '@hono/node-server'`, `import '../workflows/app.ts'`],
  },
  cli: {
    refused: [`import '../server/serve.ts'`, `import '../learning/loss.ts'`, `import { Hono } from 'hono'`, `import x = require('../engine/main.ts')`],
    allowed: [`import { Command } from 'commander'`, `import '../workflows/app.ts'`, `import 'node:process'`],
  },
  preload: {
    refused: [`import { answer } from '../contract/wire/answer.ts'`, `import 'node:fs'`, `import '../main/window.ts'`, `import { z } from 'zod'`],
    allowed: [`import { contextBridge } from 'electron'`, `import type { ElectronBridge } from '../contract/wire/ports.ts'`],
  },
  renderer: {
    refused: [`import 'node:fs'`, `import { ipcRenderer } from 'electron'`, `import '../workflows/app.ts'`, `export * from '../store/open.ts'`, `require('fs')`, `import('../preload/index.ts')`],
    allowed: [`import { useState } from 'react'`, `import '@mantine/core/styles.css'`, `import { RocChart } from '../charts/roc.ts'`, `import '../contract/jobs.ts'`, `import './app.css'`],
  },
  rooms: {
    refused: [`import '../workflows/app.ts'`, `import { z } from 'zod'`],
    allowed: [`import ts from 'typescript'`, `import 'node:path'`],
  },
};

describe('the test of the rooms', () => {
  it('plants violations for every row of the table', () => {
    expect(Object.keys(planted).sort()).toEqual(Object.keys(roomTable).sort());
  });

  for (const [room, { refused, allowed }] of Object.entries(planted)) {
    it.each(refused)(`sees ${room} break the rule with: %s`, (text) => {
      expect(violations(`${room}/planted.ts`, `const before = 1;\n${text};\n`)).toEqual([expect.stringMatching(new RegExp(`^${room}/planted\\.ts:[12]: `))]);
    });
    it.each(allowed)(`lets ${room} say: %s`, (text) => {
      expect(violations(`${room}/planted.ts`, `${text};\n`)).toEqual([]);
    });
  }

  it('sees through deeper folders, computed names, directives and paths out of src', () => {
    expect(violations('renderer/screens/train.tsx', `import { x } from '../../store/x.ts'; const a = <b/>;`)).toHaveLength(1);
    expect(violations('learning/step.ts', 'await import(name)')).toHaveLength(1);
    expect(violations('learning/step.ts', 'await import(`sharp`)')).toHaveLength(1);
    expect(violations('learning/step.ts', '/// <reference types="node" />')).toHaveLength(1);
    expect(violations('cli/main.ts', `import '../../build/prepare.mjs'`)).toHaveLength(1);
    expect(violations('cli/main.ts', `import.meta.resolve('hono')`)).toHaveLength(1);
    expect(violations('cli/main.ts', `import x from '/etc/passwd.js'`)).toHaveLength(1);
    expect(violations('cli/main.ts', `const load = createRequire(import.meta.url); load('hono');`)).toHaveLength(1);
    expect(violations('cli/main.ts', `createRequire(import.meta.url)('hono')`)).toHaveLength(1);
    expect(violations('helpers/a.ts', '')).toEqual([expect.stringContaining('"helpers" is not a room')]);
  });

  it('does not take words in comments and strings for imports', () => {
    expect(violations('learning/a.ts', `// import 'sharp'\nconst text = "import 'sharp'";`)).toEqual([]);
  });

  it('gives tests their tools, and no other room', () => {
    const test = (text: string): string[] => violations('evaluation/roc.test.ts', text);
    expect(test(`import { it } from 'vitest'; import fc from 'fast-check'; import { rocCurve } from './roc.ts'; import 'node:fs';`)).toEqual([]);
    expect(test(`import { gradient } from '../learning/test-support/gradient.ts'`)).toEqual([]);
    expect(test(`import '../workflows/app.ts'`)).toHaveLength(1);
    expect(test(`import sharp from 'sharp'`)).toHaveLength(1);
    expect(violations('evaluation/roc.ts', `import { it } from 'vitest'`)).toHaveLength(1);
    expect(violations('evaluation/roc.ts', `import '../learning/test-support/gradient.ts'`)).toHaveLength(1);
  });
});
