// Worker threads and child processes run the built files, so a test run builds first.
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

module.exports = () => {
  if (process.env.GUICHET_BUILT === 'yes') return;
  execFileSync(process.execPath, [join(__dirname, '../../tools/build.mjs')], { stdio: 'inherit' });
};
