// How Jest reads TypeScript: each file by itself, by the compiler that makes what is delivered (tools/build.mjs), with its lines
// kept. Types are checked apart (`tsc`). Compiled files are kept by Jest by their text, for every version of Node.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { transformSync, version } = require('esbuild');

const OPTIONS = { loader: 'ts', format: 'cjs', platform: 'node', target: 'node20', sourcemap: true };
const MADE_BY = `${version}\0${readFileSync(__filename, 'utf8')}`;

module.exports = {
  getCacheKey: (source, file) => createHash('sha1').update(`${MADE_BY}\0${file}\0${source}`).digest('hex'),
  process(source, file) {
    const { code, map } = transformSync(source, { ...OPTIONS, sourcefile: file });
    return { code, map };
  },
};
