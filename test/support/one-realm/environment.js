// Where test files run: the worker's own global scope, the same for all of them, so that what is an Error or an Array for
// one module is one for every other, and packages and the product's modules are loaded once a worker (runtime.js).
const { ModuleMocker } = require('jest-mock');

/** What Jest itself keeps on the global scope for one test file: its state, who listens to it, time-outs. */
const isJests = ({ description = '' }) => /jest|^(EVENT_HANDLERS|TEST_TIMEOUT|RETRY|LOG_ERRORS|WAIT_BEFORE)/i.test(description);

module.exports = class OneRealm {
  constructor(_config, _context) {
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    // Jest takes these away from a test file that ends; no test asks for a clock of Jest's.
    this.fakeTimers = null;
    this.fakeTimersModern = null;
    this.kept = { console: globalThis.console, exit: process.exit };
  }
  async setup() {}
  async teardown() {
    globalThis.console = this.kept.console;
    process.exit = this.kept.exit;
    for (const key of Object.getOwnPropertySymbols(globalThis)) if (isJests(key)) Reflect.deleteProperty(globalThis, key);
  }
  exportConditions() {
    return ['node', 'node-addons'];
  }
  // Asked whether there is one still, and handed to the compiler, which runtime.js replaces.
  getVmContext() {
    return globalThis;
  }
};
