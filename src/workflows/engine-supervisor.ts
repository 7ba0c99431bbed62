import type { EngineCall, EngineLane, EngineOperation, EngineOperations, EnginePort, EngineProcess } from '../contract/engine-port.ts';
import type { DeskState } from '../contract/requests/desk.ts';
import type { LaneState } from './engine-lane.ts';
import { Lane } from './engine-lane.ts';

export interface SupervisorOptions {
  /** Whether the `desk` engine starts before anybody asks it anything. */
  startsAtOnce: boolean;
  spawnEngine: (lane: EngineLane) => EngineProcess;
  onState: (state: DeskState['engine'], message: string | null) => void;
}

export interface EngineSupervisor extends EnginePort {
  state(): DeskState['engine'];
  close(): void;
}

/** The port to two engines of the same code, `desk` and `batch`; each starts on its first call at the latest. */
export function superviseEngines({ startsAtOnce, spawnEngine, onState }: SupervisorOptions): EngineSupervisor {
  const states: Record<EngineLane, LaneState> = { desk: 'starting', batch: 'idle' };
  const lanes = { desk: supervised('desk'), batch: supervised('batch') };
  if (startsAtOnce) lanes.desk.start();

  function supervised(lane: EngineLane): Lane {
    return new Lane({
      lane,
      spawn: () => spawnEngine(lane),
      onState: (state, message) => {
        states[lane] = state;
        onState(overall(states), message);
      },
    });
  }

  return {
    call: <Operation extends EngineOperation>(
      operation: Operation,
      input: EngineOperations[Operation]['input'],
      options: EngineCall<Operation> = {},
    ) => lanes[options.lane ?? 'desk'].call(operation, input, options as EngineCall<EngineOperation>) as Promise<EngineOperations[Operation]['output']>,
    state: () => overall(states),
    close: () => {
      lanes.desk.close();
      lanes.batch.close();
    },
  };
}

/** The worse of the two; a batch engine that has nothing to do, or only begins, is no news. */
function overall({ desk, batch }: Record<EngineLane, LaneState>): DeskState['engine'] {
  if (desk === 'lost' || batch === 'lost') return 'lost';
  if (desk === 'restarting' || batch === 'restarting') return 'restarting';
  return desk === 'idle' ? 'starting' : desk;
}
