// The day the tests live in. Every process of a test run (test files, worker threads, children, pages in the browser)
// sees a clock that began at TEST_DAY when the run began and goes on as clocks do, so no test depends on the day it is run.
//
// Loaded by jest.config.js, with `--require` by Node processes (NODE_OPTIONS), and as text by pages: it must stay one
// self-contained script that also runs in a browser.
(function liveInTestDay(scope, shiftMs) {
  if (!shiftMs || scope.Date.isShifted) return;
  const Real = scope.Date;
  const realNow = Real.now;
  const now = () => realNow.call(Real) + shiftMs;
  const Shifted = new Proxy(Real, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new Real(now()).toString(),
    get: (target, key) => (key === 'now' ? now : key === 'isShifted' ? true : Reflect.get(target, key)),
  });
  Object.defineProperty(Real.prototype, 'constructor', { value: Shifted, writable: true, configurable: true });
  scope.Date = Shifted;
})(globalThis, typeof process === 'object' ? Number(process.env.TEST_CLOCK_SHIFT_MS) : 0);
