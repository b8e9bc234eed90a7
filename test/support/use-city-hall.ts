/**
 * A town hall, or a browser, for all tests of a file: opened before the first, closed after the last, and closed too where
 * only a part of it could be opened. What is handed out may be named at once and used from the first test on.
 */
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser';
import { type CityHall, type CityHallOptions, openCityHall } from './city-hall';
import { openRows, type Rows } from './rows';

/** The first start of a machine learns what the towns' phrases mean. */
const OPENS_WITHIN_MS = 120_000;

/** At the end nothing may have leaked: no message half done, none unsent, no conversation held by nobody. */
export function useCityHall(options: CityHallOptions = {}): { hall: CityHall; rows: Rows } {
  let hall: CityHall | undefined;
  let rows: Rows | undefined;
  beforeAll(async () => {
    hall = await openCityHall(options);
    rows = await openRows(hall);
  }, OPENS_WITHIN_MS);
  afterAll(async () => {
    try {
      await rows?.nothingLeaked();
    } finally {
      await rows?.close().finally(() => hall?.close());
    }
    if (!rows) await hall?.close();
  });
  return { hall: onceOpened(() => hall), rows: onceOpened(() => rows) };
}

/** To be named before the town hall whose pages it shows: what is named first is closed first. */
export function useBrowser(): Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
  }, OPENS_WITHIN_MS);
  afterAll(() => browser?.close());
  return onceOpened(() => browser);
}

function onceOpened<T extends object>(opened: () => T | undefined): T {
  return new Proxy({} as T, {
    get(_, key) {
      const part = opened();
      if (!part) throw new Error('Nothing is open yet: use it inside a test');
      const value: unknown = Reflect.get(part, key);
      return typeof value === 'function' ? value.bind(part) : value;
    },
  });
}
