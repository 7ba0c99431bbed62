import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { MeasuredDevice, SetupStep } from '../contract/device.ts';
import { setupStep } from '../contract/device.ts';
import type { EnginePort } from '../contract/engine-port.ts';
import type { DeskEvent } from '../contract/events.ts';
import type { Handlers } from '../contract/requests.ts';

/** What computes here, as the engine measured it. */
export interface Device {
  /** The last measurement; null before the first. */
  measured(): MeasuredDevice | null;
  /** The last measurement, made now where there is none yet, or anew. */
  current(remeasure?: boolean): Promise<MeasuredDevice>;
}

export function deskDevice({ engine, emit }: { engine: EnginePort; emit: (event: DeskEvent) => void }): Device {
  let measured: MeasuredDevice | null = null;
  return {
    measured: () => measured,
    current: async (remeasure = false) => {
      if (measured !== null && !remeasure) return measured;
      measured = await engine.call('device.measure', { remeasure });
      emit({ type: 'changed', topic: 'desk' });
      return measured;
    },
  };
}

export function deviceHandlers({ device, resources }: { device: Device; resources: string }): Pick<Handlers, 'device.report'> {
  return {
    'device.report': async ({ remeasure }) => ({
      ...(await device.current(remeasure)),
      setup: await readSetup(join(resources, '..', '.cache', 'setup.json')),
    }),
  };
}

const setupFile = z.object({ steps: z.array(setupStep) });

/** What the set-up of a checkout wrote down. A packaged product has no such file; one of another form says nothing. */
async function readSetup(file: string): Promise<SetupStep[]> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const parsed = setupFile.safeParse(parseJson(text));
  return parsed.success ? parsed.data.steps : [];
}

/** The set-up may be writing just now: half a file is no file. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
