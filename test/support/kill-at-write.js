// Ends the process with -9 right before its KILL_AT_WRITE-th write to the store, whichever store it is: where work leaves for the
// thread of the embedded one, or a command for a MongoDB server. With KILL_WHEN it counts from when that file is there.
// Loaded before the program, by --require or by crashing-hall.js.
const { existsSync } = require('node:fs');
const { Socket } = require('node:net');
const threads = require('node:worker_threads');

const { KILL_AT_WRITE, KILL_WHEN } = process.env;
const OP_MSG = 2013;
/** Behind the header: flags, the kind of section, the length of the command's document and the type of its first element. */
const NAME_AT = 26;
const COMMANDS = new Set(['insert', 'update', 'delete', 'findAndModify', 'bulkWrite']);
const WORK = new Set(['insert', 'update', 'change', 'remove']);
let left = Number(KILL_AT_WRITE);

function leaves(writes) {
  if (writes === 0 || (KILL_WHEN && !existsSync(KILL_WHEN))) return;
  left -= writes;
  if (left <= 0) process.kill(process.pid, 'SIGKILL');
}

function isWrite(bytes) {
  if (!Buffer.isBuffer(bytes) || bytes.length <= NAME_AT || bytes.readInt32LE(12) !== OP_MSG) return false;
  return COMMANDS.has(bytes.toString('latin1', NAME_AT, bytes.indexOf(0, NAME_AT)));
}

if (KILL_AT_WRITE && threads.isMainThread) {
  const { write } = Socket.prototype;
  Socket.prototype.write = function (bytes, ...more) {
    if (isWrite(bytes)) leaves(1);
    return write.call(this, bytes, ...more);
  };
  threads.Worker = class extends threads.Worker {
    constructor(file, options) {
      super(file, options);
      if (!/sqlite\.worker/.test(String(file))) return;
      const post = this.postMessage.bind(this);
      this.postMessage = (bundle, ...more) => {
        leaves(bundle.filter(([, work]) => WORK.has(work.do)).length);
        post(bundle, ...more);
      };
    }
  };
}
