/** The contract as an operator reads it: a line for each promise, and capital letters where citizens would pay for it. */
import type { Database } from '../collection';
import { runStoreCase, storeCases } from './index';

const RACE_LOST = `THIS SERVER LOSES RACES AND MUST NOT BE USED: two agents could hold one conversation, and a citizen could get a reply twice.`;

/** Runs every case and says a line for each; whether all hold. The collections it makes are left to whoever drops the database. */
export async function checkStore(database: Database, say: (line: string) => void): Promise<boolean> {
  let failed = 0;
  let races = 0;
  for (const one of storeCases) {
    const sinceMs = performance.now();
    try {
      await runStoreCase(one, database);
      say(`holds  ${one.name} (${Math.round(performance.now() - sinceMs)} ms)`);
    } catch (error) {
      failed += 1;
      if (one.race) races += 1;
      const reason = ((error as Error).message ?? String(error)).split('\n').filter(Boolean).join(' ').slice(0, 300);
      say(one.race ? `FAILS  ${one.name.toUpperCase()}: ${reason}` : `fails  ${one.name}: ${reason}`);
    }
  }
  say(`${storeCases.length - failed} of ${storeCases.length} promises hold.`);
  if (races > 0) say(RACE_LOST);
  else if (failed > 0) say('Guichet leans on every one of them: do not use this store before they all hold.');
  return failed === 0;
}
