/** The desk: where the people of the town hall read, answer and decide. */
import { createWording } from '../bot/wording';
import { createDesk, type DeskParts } from '../desk';
import type { House } from './house';

/** What it needs beside the house. */
type Beside = Pick<DeskParts, 'calendar' | 'changes' | 'fileUrl' | 'sweepMs' | 'demoPassword'>;

export function openDesk({ config, store, towns, publicUrl, clientIp, clock, log, mailroom, fault }: House, beside: Beside) {
  return createDesk({
    ...store,
    ...{ towns, publicUrl, clientIp, clock, log, fault },
    wording: createWording,
    receive: (message) => mailroom().receive(message),
    mode: config.mode,
    ...beside,
  });
}
