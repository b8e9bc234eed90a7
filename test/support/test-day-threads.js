// Worker threads of a Jest that was started by hand live in the tests' day too: NODE_OPTIONS reaches the processes that are
// started after it was set, but not the threads of the process that set it.
const threads = require('node:worker_threads');

if (!threads.Worker.livesInTestDay) {
  threads.Worker = class extends threads.Worker {
    static livesInTestDay = true;
    constructor(file, options = {}) {
      const execArgv = [...(options.execArgv ?? process.execArgv), '--require', require.resolve('./test-day.js')];
      super(file, { ...options, execArgv });
    }
  };
}
