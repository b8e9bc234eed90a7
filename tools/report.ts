/**
 * `npm run report -- nightly`: the conversations of a day that ended with neither an answer, nor a numbered request, nor a
 * person. Reads the store beside a running server and changes nothing; ends with 1 where there are any.
 */
import { DateTime } from 'luxon';
import { readConfig } from '../src/config';
import { nightlyReport } from '../src/desk';
import { openDatabase } from '../src/store';
import { createStore } from '../src/store/store';
import { openTowns } from '../src/towns';
import { runCommand, type Typed } from './run-command';

const USAGE = `npm run report -- nightly [--town <id>] [--date YYYY-MM-DD]
Conversations of yesterday (or of that day, in the town's time) that ended with neither an answer, nor a numbered request, nor a person:
not-understood (the bot was at a loss), failed, form-left (an answer in a form was not understood, or a person asked for and not waited for), left-queue (went away while they waited).`;

const OPTIONS = { town: { type: 'string' }, date: { type: 'string' } } as const;

async function main({ positionals, values }: Typed<typeof OPTIONS>): Promise<number | 'usage'> {
  if (positionals[0] !== 'nightly' || (values.date && !DateTime.fromISO(values.date).isValid)) return 'usage';
  const config = readConfig(process.env);
  const towns = (await openTowns(config)).list();
  const asked = towns.filter(({ id }) => values.town === undefined || id === values.town);
  if (asked.length === 0) {
    process.stderr.write(`There is no town ${values.town}: ${towns.map(({ id }) => id).join(', ')}\n`);
    return 2;
  }
  const database = await openDatabase(config.store);
  try {
    const store = createStore(database);
    await store.prepare();
    let without = 0;
    for (const town of asked) {
      const yesterday = DateTime.now().setZone(town.timeZone).minus({ days: 1 }).toISODate();
      const report = await nightlyReport(store, town, values.date ?? yesterday ?? '');
      const count = Object.values(report.counts).reduce((sum, each) => sum + each, 0);
      without += count;
      process.stdout.write(`${town.id} ${report.date}: ${report.looked} conversations, ${count} without an outcome\n`);
      for (const { at, channel, why, conversation } of report.items)
        process.stdout.write(`  ${at}  ${channel.padEnd(12)} ${why.padEnd(15)} ${conversation}\n`);
    }
    return without > 0 ? 1 : 0;
  } finally {
    await database.close();
  }
}

runCommand({ usage: USAGE, options: OPTIONS, takesWords: true, main, atFault: 2 });
