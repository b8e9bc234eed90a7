/** When a courier asks for the last time whether a letter may leave: behind its connection, or before. */
import type { Socket } from 'node:net';

export interface LastLook {
  /** Says that the letter is another process's by now, whenever it is asked. */
  isOurs(): boolean;
  /** For each time it was asked: whether a connection to the other end stood by then. */
  stood: boolean[];
}

/** @param address where the other end listens */
export function createLastLook(address: string): LastLook {
  const port = Number(new URL(address).port);
  const stood: boolean[] = [];
  return {
    stood,
    isOurs() {
      const handles = (process as unknown as { _getActiveHandles(): Array<Partial<Socket>> })._getActiveHandles();
      stood.push(handles.some(({ remotePort, connecting }) => remotePort === port && connecting === false));
      return false;
    },
  };
}
