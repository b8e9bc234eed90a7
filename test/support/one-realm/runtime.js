// How test files get their modules: by Node's own loader, which keeps what it has loaded for the worker's life. The test
// file itself is loaded anew each time, and so are Jest's own parts.
// Jest's loader gives each test file a copy of every package and of all of src: that was three fifths of the processor time
// of a run (docs/decisions/0023-test-files-share-what-is-loaded.md).
const Module = require('node:module');
const { compileFunction } = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');

/** By file: where the lines of what was loaded stand in TypeScript. */
const sourceMaps = new Map();
/** By file: Jest's own parts, read and compiled once. */
const compiled = new Map();
let current;

// Jest's transformer knows what it has compiled by the text of the file: nothing stale is run.
Module._extensions['.ts'] = (module, filename) => {
  const { transformCache } = current;
  module._compile(transformCache.transform(filename), filename);
  sourceMaps.set(filename, transformCache.getSourceMaps().get(filename));
};

module.exports = class OneRealmRuntime extends JestRuntime {
  constructor(...args) {
    super(...args);
    current = this;
    const { watch, watchAll } = args.at(-1);
    // Somebody edits between two runs of one process.
    if (watch || watchAll) for (const file of Object.keys(require.cache)) if (file.endsWith('.ts')) delete require.cache[file];
    this.executor.compile = (source, filename) => {
      const { injectedModuleParameters } = this.executor;
      if (!compiled.has(filename)) compiled.set(filename, compileFunction(source, injectedModuleParameters, { filename }));
      return compiled.get(filename);
    };
  }

  requireModule(from, moduleName, options, isRequireActual) {
    if (options?.isInternalModule) return super.requireModule(from, moduleName, options, isRequireActual);
    if (moduleName) return Module.createRequire(from)(moduleName);
    globalThis.jest = this.jestGlobals.jestObjectFor(from);
    return require(from);
  }

  getSourceMaps() {
    return sourceMaps;
  }

  teardown() {
    const testFile = require.cache[this._testPath];
    delete require.cache[this._testPath];
    module.children = module.children.filter((child) => child !== testFile);
    super.teardown();
  }
};
