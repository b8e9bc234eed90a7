// `npm test`: everything there is, one after the other, and at the end one count of it all.
// A part that cannot run here is named with its reason; on CI (CI=true) nothing may be skipped.
// What fails beside everything else is run once more by itself: a test that passes then is counted and named as such, since
// it leans on something that it should wait for.
// `-- test/stories`: all checks, and only these tests; `-- --tests-only test/stories`: the build, and only these tests.
// `--no-browser` leaves out what needs one; `--list` names the files that would run, and runs nothing.
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const scratch = mkdtempSync(join(tmpdir(), 'guichet-test-'));
const report = join(scratch, 'jest.json');
const again = join(scratch, 'again.json');
const skips = join(scratch, 'skips.txt');
const bin = (name) => join('node_modules', '.bin', name);
const isCi = process.env.CI === 'true';
const typed = process.argv.slice(2);
const asked = typed.filter((word) => !['--tests-only', '--no-browser', '--list'].includes(word));
const isTestsOnly = typed.includes('--tests-only');

// What needs a browser, or clients that are installed apart, is left out by name where they are not.
const left = [];
function leaveOut(pattern, reason) {
  left.push('--testPathIgnorePatterns', pattern, '/node_modules/', '<rootDir>/test/clients/');
  appendFileSync(skips, `${reason}\n`);
}
// The towns' dates are looked at in the day that the tests live in.
createRequire(import.meta.url)('../test/support/start-test-day.js')();
if (typed.includes('--no-browser')) leaveOut('test/browser/', 'test/browser: left out, as was asked');
else if (!['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].some(existsSync))
  leaveOut('test/browser/', 'test/browser: no Chromium in /usr/bin here (Debian: apt-get install chromium-headless-shell)');
else if (!existsSync('test/clients/node_modules')) {
  leaveOut('test/browser/(webchat|directlinejs)', 'two outside clients are not installed (npm ci --prefix test/clients)');
}

const build = ['build', process.execPath, ['tools/build.mjs']];
// Each looks at the whole by itself, on one core: they run beside each other, and are told in this order.
const checks = [
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['types of the pages', bin('tsc'), ['-p', 'web/tsconfig.json']],
  ['lint and format', bin('biome'), ['ci', '--reporter=summary']],
  ['import rules', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', 'src', 'tools', 'web']],
  ['dead exports', bin('knip'), []],
  ['towns', process.execPath, ['dist/tools/check-town.js']],
];
// What was asked for comes first: Jest takes every word behind an option of several values for one more of them.
const tests = [
  'stories, contracts, attacks, units, browser',
  bin('jest'),
  [...asked, '--json', `--outputFile=${report}`, ...left],
];

if (typed.includes('--list')) {
  const { status } = spawnSync(bin('jest'), [...asked, '--listTests', ...left], { stdio: 'inherit' });
  rmSync(scratch, { recursive: true, force: true });
  process.exit(status ?? 1);
}

const env = { ...process.env, GUICHET_BUILT: 'yes', GUICHET_SKIPS: skips };
let passed = 0;
let failed = 0;

function count(name, status, tookMs) {
  process.stdout.write(`== ${name}: ${status === 0 ? 'good' : 'NOT GOOD'} (${(tookMs / 1000).toFixed(0)} s)\n`);
  // Tests are counted one by one, from their report.
  if (existsSync(report)) return;
  if (status === 0) passed += 1;
  else failed += 1;
}

function runStep([name, command, args]) {
  const startedAt = Date.now();
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', env });
  count(name, status, Date.now() - startedAt);
  return status === 0;
}

/** What it said is kept until those before it have been told. */
function runQuietly([name, command, args]) {
  const startedAt = Date.now();
  return new Promise((resolve) => {
    const said = [];
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    const end = (status) => resolve({ name, status, tookMs: Date.now() - startedAt, said: Buffer.concat(said) });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
    child.once('error', (error) => {
      said.push(Buffer.from(`${error.message}\n`));
      end(1);
    });
    child.once('close', end);
  });
}

async function runBesideEachOther(steps) {
  const waiting = [...steps.entries()];
  const ended = [];
  let told = 0;
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [at, step] = next;
      ended[at] = await runQuietly(step);
      for (; ended[told]; told += 1) {
        const { name, status, tookMs, said } = ended[told];
        process.stdout.write(`\n== ${name}\n${said}`);
        count(name, status, tookMs);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), steps.length) }, work));
}

if (runStep(build)) {
  if (!isTestsOnly) await runBesideEachOther(checks);
  runStep(tests);
}

/** The tests that failed in a report, by file and name; a file that does not even load is one. */
function failuresOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).testResults.flatMap(({ name, status, assertionResults }) => {
    const failures = assertionResults.filter((one) => one.status === 'failed').map((one) => one.fullName);
    const from = relative(process.cwd(), name);
    return (status === 'failed' && failures.length === 0 ? ['does not run'] : failures).map((test) => ({ from, test }));
  });
}

if (existsSync(report)) {
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  passed += counts.numPassedTests;
  const failures = failuresOf(report);
  let still = failures;
  if (failures.length > 0 && failures.length <= 10) {
    const files = [...new Set(failures.map(({ from }) => from))];
    process.stdout.write(`\n== once more, by themselves: ${files.join(' ')}\n`);
    const args = ['--runTestsByPath', ...files, '--maxWorkers=1', '--json', `--outputFile=${again}`];
    spawnSync(bin('jest'), args, { stdio: 'inherit', env });
    if (existsSync(again)) still = failuresOf(again);
  }
  const isStill = ({ from, test }) =>
    still.some((one) => one.from === from && (one.test === test || one.test === 'does not run'));
  const mended = failures.filter((one) => !isStill(one));
  passed += mended.length;
  failed += still.length;
  const told = (list) => list.map(({ from, test }) => `  - ${from}: ${test}\n`).join('');
  if (mended.length > 0) process.stdout.write(`\nPassed only by themselves:\n${told(mended)}`);
  if (still.length > 0) process.stdout.write(`\nFailed:\n${told(still)}`);
  const skipped = counts.numPendingTests + counts.numTodoTests;
  const reasons = existsSync(skips) ? [...new Set(readFileSync(skips, 'utf8').trim().split('\n'))] : [];
  if (skipped > 0 || reasons.length > 0) {
    process.stdout.write(`\nSkipped here: ${skipped}\n${reasons.map((reason) => `  - ${reason}\n`).join('')}`);
    if (isCi) {
      process.stdout.write('On CI nothing may be skipped.\n');
      failed += Math.max(1, skipped);
    }
  } else process.stdout.write('\nNothing was skipped.\n');
}
rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
