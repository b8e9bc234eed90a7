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

/** The request that is open in this tab, as it was loaded, and who is told when it has changed. */
let watched: { reference: string; changed(): void } | undefined;

export function watchTicket(reference: string, revision: number, changed: () => void): () => void {
  const mine = { reference, changed };
  watched = mine;
  live?.tell({ ticket: { reference, revision }, isTyping: false });
  return () => {
    if (watched !== mine) return;
    watched = undefined;
    live?.tell({ isTyping: false });
  };
}

export function ticketChanged(reference: string): void {
  if (watched?.reference === reference) watched.changed();
}
