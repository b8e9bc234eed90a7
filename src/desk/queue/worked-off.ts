/** What became of a row that was written into an inbox for somebody who waits for it: within two seconds, or they are told later. */
import { setTimeout as pause } from 'node:timers/promises';
import type { InboxRow, Mail } from '../../store/rows/mail';

const WAITS_MS = 2000;
const LOOKS_EVERY_MS = 15;

/** The row once it is worked off; null when it is not by then. */
export async function workedOff(mail: Mail, id: string): Promise<InboxRow | null> {
  const until = performance.now() + WAITS_MS;
  for (;;) {
    const row = await mail.inbox.get(id);
    if (row && row.state !== 'new') return row;
    if (performance.now() > until) return null;
    await pause(LOOKS_EVERY_MS);
  }
}
