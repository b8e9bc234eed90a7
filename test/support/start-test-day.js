// Sets the clock of a test run, once, for the process that runs it and for every process it starts.
// TEST_DAY is an ISO moment; the default is an ordinary Tuesday in winter. A day after the towns' answers expire is a fault, and told so.
const { join } = require('node:path');

const DEFAULT_DAY = '2026-12-01T09:30:00+01:00';

module.exports = function startTestDay(env = process.env) {
  if (env.TEST_CLOCK_SHIFT_MS) return;
  const day = Date.parse(env.TEST_DAY || DEFAULT_DAY);
  if (Number.isNaN(day))
    throw new Error(`TEST_DAY is not a moment: ${env.TEST_DAY}. Example: TEST_DAY=2027-03-29T11:00:00+02:00`);
  env.TEST_CLOCK_SHIFT_MS = String(day - Date.now());
  const script = join(__dirname, 'test-day.js');
  env.NODE_OPTIONS = `${env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(script)}`.trim();
};
