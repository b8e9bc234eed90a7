// The live line of this page, one at a time.
import { type Live, openLive } from '../server/stream';

let live: Live | undefined;

export function connect(asked: Parameters<typeof openLive>[0]): void {
  live?.close();
  live = openLive(asked);
}

export function hangUp(): void {
  live?.close();
  live = undefined;
}

export const tell = (viewing: string | undefined, isTyping: boolean): void => live?.tell({ viewing, isTyping });
