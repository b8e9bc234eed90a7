// Jest loads CommonJS only; the few packages that ship ES modules alone are turned on the way in.
const { createHash } = require('node:crypto');
const { transformSync } = require('esbuild');

module.exports = {
  process: (source, file) => transformSync(source, { format: 'cjs', target: 'node20', sourcefile: file }),
  getCacheKey: (source, file) => createHash('sha256').update(`1${file}`).update(source).digest('hex'),
};
