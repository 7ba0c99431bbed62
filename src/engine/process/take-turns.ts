/** Lets messages, timers and other operations have a turn: TensorFlow's operations block while they run. */
export const takeTurns = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
