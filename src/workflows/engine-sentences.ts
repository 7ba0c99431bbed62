import type { EngineLane } from '../contract/engine-port.ts';

/** What a person reads when an engine has gone. `how` comes from the process: "it was ended by SIGKILL". */
export function lostSentence(lane: EngineLane, how: string, isRestarted: boolean): string {
  const what = `The ${nameOf(lane)} ended unexpectedly: ${how}.`;
  return isRestarted
    ? `${what} It is being started again; what was stored before is safe.`
    : `${what} It kept ending and is not started again by itself. Run \`likeness doctor\` to see why, then try again in half a minute.`;
}

export function givenUpSentence(lane: EngineLane): string {
  return `The ${nameOf(lane)} kept ending and is not running. Run \`likeness doctor\` to see why, then try again in half a minute.`;
}

function nameOf(lane: EngineLane): string {
  return lane === 'batch' ? 'engine process for long work' : 'engine process';
}
