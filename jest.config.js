// From here on, everything lives in the day the tests live in: this process, its threads, and whatever it starts.
require('./test/support/start-test-day')();
require('./test/support/test-day');
require('./test/support/test-day-threads');

// From Node 22 on, what one process of a run has compiled the others find compiled; older ones do not know the variable.
process.env.NODE_COMPILE_CACHE ??= require('node:path').join(__dirname, 'node_modules/.cache/guichet-compiled');

/** Stories, contracts, attacks and unit tests, straight from TypeScript; types are checked apart (`tsc`). */
module.exports = {
  // What is loaded once is there for all test files of a worker.
  testEnvironment: '<rootDir>/test/support/one-realm/environment.js',
  runtime: '<rootDir>/test/support/one-realm/runtime.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/clients/', '/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {
    '^.+\\.ts$': '<rootDir>/test/support/typescript.js',
  },
  globalSetup: '<rootDir>/test/support/build-once.js',
  // Only what hangs lasts that long: a machine that is four times slower than usual, or shared, still makes it.
  testTimeout: 180_000,
  // Tests wait for servers, browsers and clocks as much as they work.
  maxWorkers: 3,
  // What one file leaves behind weighs on the next: a worker that has grown beyond this begins anew.
  workerIdleMemoryLimit: '1GB',
};
