/**
 * A process that writes to an embedded database as hard as it can and says on its output what was acknowledged,
 * a line each, so that a test can kill it and look. Runs the built store, as a real process would.
 *   node store-writer.js <file> <prefix> <rounds>     rounds 0: until killed
 */
const { join } = require('node:path');
const { openDatabase, StoreUnavailable } = require(join(__dirname, '../../dist/src/store/index.js'));

const [file, prefix, rounds] = process.argv.slice(2);
const HANDS = 16;

async function addOne(counters) {
  for (;;) {
    const [seen] = await counters.find({ _id: 'shared' });
    if (await counters.updateIf({ _id: 'shared', version: seen.version }, { $inc: { version: 1, [`by.${prefix}`]: 1 } })) return;
  }
}

async function main() {
  const database = await openDatabase({ kind: 'sqlite', file });
  const rows = database.collection('rows');
  const counters = database.collection('counters');
  const write = async (hand) => {
    for (let n = 0; Number(rounds) === 0 || n < Number(rounds); n += 1) {
      const _id = `${prefix}-${hand}-${n}`;
      try {
        await rows.insert({ _id, text: 'Bonjour, la lampe est éteinte. '.repeat(8), state: 'waiting' });
        await rows.updateIf({ _id, state: 'waiting' }, { $set: { state: 'done' } });
        await addOne(counters);
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        process.stdout.write(`unavailable ${error.message}\n`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      process.stdout.write(`done ${_id}\n`);
    }
  };
  await Promise.all(Array.from({ length: HANDS }, (_, hand) => write(hand)));
  await database.close();
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
