/**
 * A server like that of `npm start`, but for its clock, which begins at the moment given and goes to the next one at SIGUSR2:
 * what is done by night can be measured now.
 *   node dist/tools/bench/processes/moved-hall.js 2027-06-02T00:30:00+02:00 2027-06-02T02:00:00+02:00
 */
import { createApp } from '../../../src/app';
import { readConfig } from '../../../src/config';
import { openTownsInThread } from '../../../src/towns/read/read-in-thread';

async function main(): Promise<void> {
  const [, , ...moments] = process.argv;
  const aheadOf = (moment = '') => Date.parse(moment) - Date.now();
  let aheadMs = aheadOf(moments.shift());
  process.on('SIGUSR2', () => {
    aheadMs = aheadOf(moments.shift());
  });
  const config = readConfig(process.env);
  const towns = openTownsInThread(config, config.modelsDir);
  const app = await createApp(config, { towns, clock: () => new Date(Date.now() + aheadMs), sweepMs: 1000 });
  process.stdout.write(`${app.url}\n`);
  process.on('SIGTERM', () => app.close().then(() => process.exit(0)));
}

main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(2);
});
