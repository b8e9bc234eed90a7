// A city hall in a process of its own, from the built files, that is asked over its channel what a piece of work costs:
// how long its main thread was busy, and how much processor time the whole process took. Either is at least the main
// thread's own processor time, so the smaller of the two never says too little.
const { performance } = require('node:perf_hooks');
const { join } = require('node:path');
const { createApp } = require('../../dist/src/server.js');
const { readConfig } = require('../../dist/src/config.js');
const { openTownsInThread } = require('../../dist/src/towns/read/read-in-thread.js');

const modelsDir = join(__dirname, '../../node_modules/.cache/guichet-models');
const config = { ...readConfig(process.env), modelsDir };
const botFrameworkCloud = JSON.parse(process.env.BOTFRAMEWORK_CLOUD ?? 'null') ?? undefined;
// Swept rarely, so that nothing but what is asked for is measured.
const parts = { towns: openTownsInThread(config, modelsDir), sweepMs: 600_000, botFrameworkCloud };

// A fixed piece of work of the kind that reading messages is: parsing, sorting, searching in text.
const SHEET = JSON.stringify(
  Array.from({ length: 12_000 }, (_, at) => ({ id: (at * 7919) % 12_007, words: `rue Victor Hugo ${at}` })),
);
function work() {
  const rows = JSON.parse(SHEET).sort((one, other) => one.id - other.id);
  return rows.filter(({ words }) => /\b\d+7$/u.test(words.normalize('NFD').toLowerCase())).length;
}
function yardstick() {
  const times = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

createApp(config, parts).then(async (app) => {
  await app.refused;
  let busy = performance.eventLoopUtilization();
  let cpu = process.cpuUsage();
  process.on('message', (word) => {
    if (word === 'start') {
      busy = performance.eventLoopUtilization();
      cpu = process.cpuUsage();
      process.send('started');
    } else if (word === 'yardstick') {
      process.send({ ms: yardstick() });
    } else {
      const spent = process.cpuUsage(cpu);
      const activeMs = performance.eventLoopUtilization(busy).active;
      process.send({ ms: Math.min(activeMs, (spent.user + spent.system) / 1000) });
    }
  });
  process.on('disconnect', () => app.close().then(() => process.exit(0)));
  process.send({ url: app.url, routes: app.routes, welcome: await app.welcome });
});
