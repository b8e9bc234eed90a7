// Before any test: worker threads and child processes run the built files, so they are built; and the
// towns' phrases are learnt once, so that no test waits for it (the same phrases give the same model).
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

module.exports = () => {
  const run = (file) => execFileSync(process.execPath, [join(__dirname, file)], { stdio: 'inherit' });
  if (process.env.GUICHET_BUILT !== 'yes') run('../../tools/build.mjs');
  run('learn-once.js');
};
