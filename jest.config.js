/** Stories, contracts, attacks and unit tests, straight from TypeScript; types are checked apart (`tsc`). */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/clients/', '/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {
    '^.+\\.ts$': ['ts-jest', { diagnostics: false }],
  },
  setupFiles: ['<rootDir>/test/support/test-day.js', '<rootDir>/test/support/test-day-threads.js'],
  globalSetup: '<rootDir>/test/support/build-once.js',
  testTimeout: 60000,
  // Tests wait for servers, browsers and clocks as much as they work.
  maxWorkers: 3,
  // What one file leaves behind weighs on the next: a worker that has grown beyond this begins anew.
  workerIdleMemoryLimit: '1GB',
};
