import { useEffect, useState } from 'react';
import { bridge } from '../bridge.ts';

/** Whether the host can be heard. */
export function useConnection(): boolean {
  const [isConnected, setConnected] = useState(true);
  useEffect(() => bridge.onConnection(setConnected), []);
  return isConnected;
}
