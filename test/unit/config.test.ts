/** An operator is told every fault of the configuration at once, and never reads a secret in it. */
import { ConfigFault, readConfig } from '../../src/config';

function faultsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
}

test('nothing needs to be set', () => {
  const config = readConfig({});
  expect(config).toMatchObject({ host: '127.0.0.1', port: 3978, mode: 'demo', store: { kind: 'sqlite' }, logLevel: 'info' });
  expect(config.twilio).toBeUndefined();
});

test('every fault is told at once', () => {
  const faults = faultsOf({
    PORT: 'http',
    MODE: 'production',
    PUBLIC_URL: 'guichet',
    TWILIO_ACCOUNT_SID: 'AC1',
    MONGODB_URI: 'db1',
    STORE: 'mongo',
  });
  for (const name of ['PORT', 'MODE', 'PUBLIC_URL', 'TWILIO_ACCOUNT_SID', 'MONGODB_URI']) {
    expect(faults.some((fault) => fault.startsWith(name))).toBe(true);
  }
});

test('live refuses to start without its secrets, and says how to make one', () => {
  const faults = faultsOf({ MODE: 'live' });
  expect(faults).toEqual(
    expect.arrayContaining([expect.stringMatching(/^PUBLIC_URL/), expect.stringMatching(/^TOKEN_SECRET.*openssl/)]),
  );
  expect(faultsOf({ MODE: 'live', PUBLIC_URL: 'http://ville.example', TOKEN_SECRET: 'x'.repeat(32) })).toEqual([
    expect.stringMatching(/https/),
  ]);
  expect(faultsOf({ MODE: 'live', PUBLIC_URL: 'https://ville.example', TOKEN_SECRET: 'x'.repeat(32) })).toEqual([]);
});

test('how fast a sender may send is a setting, and never nothing', () => {
  expect(readConfig({ SMS_PER_SECOND: '100' }).phoneRates).toEqual({ sms: 100, whatsapp: 80 });
  for (const perSecond of ['0', '-1', '0.5', 'fast']) {
    expect(faultsOf({ WHATSAPP_PER_SECOND: perSecond })).toEqual([expect.stringMatching(/^WHATSAPP_PER_SECOND: /)]);
  }
});

test('the address of map pictures has a place for each of a tile’s three numbers', () => {
  expect(faultsOf({ MAP_TILES_URL: 'https://tiles.ville.example/{z}/{x}.png' })).toEqual([
    expect.stringMatching(/^MAP_TILES_URL: .*\{y\}/),
  ]);
  expect(faultsOf({ MAP_TILES_URL: 'tiles/{z}/{x}/{y}.png' })).toEqual([expect.stringMatching(/^MAP_TILES_URL: /)]);
  expect(readConfig({ MAP_TILES_URL: 'https://tiles.ville.example/{z}/{x}/{y}.png' }).mapTiles).toEqual({
    url: 'https://tiles.ville.example/{z}/{x}/{y}.png',
    credit: '',
  });
});

test('a demo is never reachable from outside', () => {
  expect(faultsOf({ HOST: '0.0.0.0' })).toEqual([expect.stringMatching(/^HOST.*MODE=live/)]);
  expect(faultsOf({ HOST: '::1' })).toEqual([]);
  const live = { MODE: 'live', PUBLIC_URL: 'https://ville.example', TOKEN_SECRET: 'x'.repeat(32) };
  expect(faultsOf({ ...live, HOST: '0.0.0.0' })).toEqual([]);
});

test('a secret never stands in a fault', () => {
  const faults = faultsOf({ TOKEN_SECRET: 'tooshort-hunter2', TWILIO_AUTH_TOKEN: 'hunter2', DIRECTLINE_SECRET: 'hunter2' });
  expect(faults.length).toBeGreaterThan(1);
  expect(faults.join()).not.toMatch(/hunter2/);
});
