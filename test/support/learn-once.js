// Opens a city hall until it has learnt its phrases into the cache that the tests share, and closes it.
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { createApp } = require('../../dist/src/server.js');
const { readConfig } = require('../../dist/src/config.js');
const { openTownsInThread } = require('../../dist/src/towns/read/read-in-thread.js');

const DATA_DIR = mkdtempSync(join(tmpdir(), 'guichet-learn-'));
const modelsDir = join(__dirname, '../../node_modules/.cache/guichet-models');

const config = { ...readConfig({ PORT: '0', DATA_DIR, LOG_LEVEL: 'silent' }), modelsDir };

createApp(config, { towns: openTownsInThread(config, modelsDir) })
  .then(async (app) => {
    const refused = await app.refused;
    await app.close();
    rmSync(DATA_DIR, { recursive: true, force: true });
    process.exit(refused ? 1 : 0);
  })
  .catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  });
