/**
 * What the tests of a file share: opened before the first, closed after the last, in the opposite order, and closed too where
 * only a part of it could be opened. What is handed out may be named at once and used from the first test on.
 */
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser';
import { type CityHall, type CityHallOptions, openCityHall } from './city-hall';
import { openPhoneHall, type PhoneHall, type PhoneHallOptions } from './phone-hall';
import { openRows, type Rows } from './rows';

/** The first start of a machine learns what the towns' phrases mean. */
const OPENS_WITHIN_MS = 120_000;

/** Settings that name something else that is shared, such as a mail server's address, are asked for once that is open. */
type Given<Options> = Options | (() => Options);

/** `file`: opened once for all its tests; `test`: for each of them anew. */
type For = 'file' | 'test';

const given = <Options extends object>(options: Given<Options>): Options => (typeof options === 'function' ? options() : options);

/** What is to be closed, last opened first. */
const open: Array<() => unknown> = [];

/** Anything else that the tests of a file share. */
export function useOpened<T extends object>(
  opens: () => T | Promise<T>,
  closes: (part: T) => unknown = () => undefined,
  when: For = 'file',
): T {
  let part: T | undefined;
  const [before, after] = when === 'file' ? [beforeAll, afterAll] : [beforeEach, afterEach];
  before(async () => {
    const opening = (async () => opens())();
    open.push(async () => {
      // What could not be opened has nothing to close.
      const opened = await opening.catch(() => undefined);
      if (opened) await closes(opened);
      part = undefined;
    });
    part = await opening;
  }, OPENS_WITHIN_MS);
  // Hooks run in the order they were named; things close in the opposite one.
  after(() => open.pop()?.(), OPENS_WITHIN_MS);
  return onceOpened(() => part);
}

/** At the end nothing may have leaked: no message half done, none unsent, no conversation held by nobody. */
export function useCityHall(options: Given<CityHallOptions> = {}, when: For = 'file'): { hall: CityHall; rows: Rows } {
  const hall = useOpened(
    () => openCityHall(given(options)),
    (part) => part.close(),
    when,
  );
  const rows = useOpened(() => openRows(hall), leftClean, when);
  return { hall, rows };
}

/** The same beside a carrier, to which nothing may be on its way at the end. */
export function usePhoneHall(options: Given<PhoneHallOptions> = {}, when: For = 'file'): Omit<PhoneHall, 'close'> {
  const opened = useOpened(
    () => openPhoneHall(given(options)),
    async ({ carrier, rows, close }) => {
      try {
        await carrier.idle();
        await rows.nothingLeaked();
      } finally {
        await close();
      }
    },
    when,
  );
  return {
    hall: onceOpened(() => opened.hall),
    carrier: onceOpened(() => opened.carrier),
    rows: onceOpened(() => opened.rows),
  };
}

async function leftClean(rows: Rows): Promise<void> {
  try {
    await rows.nothingLeaked();
  } finally {
    await rows.close();
  }
}

export function useBrowser(): Browser {
  return useOpened(openBrowser, (browser) => browser.close());
}

/** Stands for a part in every way, from when it is opened on. */
function onceOpened<T extends object>(opened: () => T | undefined): T {
  function part(): T {
    const there = opened();
    if (!there) throw new Error('Nothing is open yet: use it inside a test');
    return there;
  }
  return new Proxy({} as T, {
    get(_, key) {
      const value: unknown = Reflect.get(part(), key);
      return typeof value === 'function' ? value.bind(part()) : value;
    },
    set: (_, key, value) => Reflect.set(part(), key, value),
    has: (_, key) => Reflect.has(part(), key),
    ownKeys: () => Reflect.ownKeys(part()),
    getOwnPropertyDescriptor(_, key) {
      const described = Reflect.getOwnPropertyDescriptor(part(), key);
      return described && { ...described, configurable: true };
    },
  });
}
