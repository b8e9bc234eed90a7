/**
 * The contract of every channel, through the whole town hall: real routes, real signatures, the
 * fake carrier, a Bot Framework cloud on this machine. One list of cases, one driver a channel.
 */
import { drivers, missingDrivers } from '../support/channels';
import { arrivalCases } from '../support/channels/arrival';
import { ABILITIES } from '../support/channels/door';
import { offersCases } from '../support/channels/offers';
import { openScene, type Scene } from '../support/channels/scene';
import { secrecyCases } from '../support/channels/secrecy';
import { wordsCases } from '../support/channels/words';

const cases = [...arrivalCases, ...wordsCases, ...offersCases, ...secrecyCases];

test('every channel has a driver', () => {
  expect(missingDrivers()).toEqual([]);
});

test('a channel without a driver is told what to write', () => {
  const [byName, byFolder] = missingDrivers(['web', 'telegram'], ['web', 'letter']);
  expect(byName).toMatch(/^The channel "letter" has no driver: write test\/support\/channels\/<name>\.ts/);
  expect(byFolder).toMatch(/^src\/channels\/telegram is under no contract: .* folder: 'telegram'\.$/);
});

describe.each(Object.values(drivers))('the channel $channel', (driver) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(driver);
  });
  afterAll(() => scene?.end());

  const unable = ABILITIES.filter((ability) => driver.can[ability] !== true);
  if (unable.length > 0) {
    test.each(unable)('without %s, and it says why', (ability) => {
      expect(driver.can[ability]).toMatch(/^[A-Z].{30,}\.$/);
    });
  }

  const able = cases.filter(({ needs }) => needs === undefined || driver.can[needs] === true);
  test.each(able.map((one) => [one.name, one] as const))('%s', (_name, one) => one.run(scene));
});
