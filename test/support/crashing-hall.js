// A city hall in a process of its own, from the built files, that kills itself with -9 at a named
// step: CRASH_AT=turn:saved, at its CRASH_TURN-th passing; with CRASH_WITH=SIGSTOP it only falls asleep there. With CRASH_FILE
// the step is what stands in that file, once it is there.
// SEND_LEASE_MS is for how long it has a letter to itself.
// Prints its address like `npm start`.
require('./kill-at-write.js');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { createApp } = require('../../dist/src/server.js');
const { readConfig } = require('../../dist/src/config.js');
const { openTownsInThread } = require('../../dist/src/towns/read/read-in-thread.js');

const { CRASH_AT, CRASH_FILE, CRASH_TURN = '1', CRASH_WITH = 'SIGKILL', SWEEP_MS = '200', SEND_LEASE_MS = '1500' } = process.env;
let passings = 0;

function armed() {
  if (!CRASH_FILE) return CRASH_AT;
  return existsSync(CRASH_FILE) ? readFileSync(CRASH_FILE, 'utf8') : undefined;
}

function onStep(step) {
  if (step !== armed()) return;
  passings += 1;
  if (passings === Number(CRASH_TURN)) process.kill(process.pid, CRASH_WITH);
}

const modelsDir = join(__dirname, '../../node_modules/.cache/guichet-models');

const config = { ...readConfig(process.env), modelsDir };
const towns = openTownsInThread(config, modelsDir);

createApp(config, { towns, onStep, sweepMs: Number(SWEEP_MS), sendLeaseMs: Number(SEND_LEASE_MS) }).then(
  (app) => {
    process.stdout.write(`open ${app.url}\n`);
    process.on('SIGTERM', () => app.close().then(() => process.exit(0)));
  },
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(2);
  },
);
