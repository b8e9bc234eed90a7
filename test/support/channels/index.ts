/** Every channel of the house with its driver; whoever adds a channel adds a line, and is told so when they do not. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Wire } from '../../../src/domain/conversation';
import { botFramework } from './botframework';
import type { ChannelDriver } from './door';
import { mail } from './email';
import { sms, whatsapp } from './phone';
import { web } from './web';

export const drivers: Record<Wire, ChannelDriver> = { web, sms, whatsapp, botframework: botFramework, mail };

const ROOT = join(__dirname, '../../..');

/** One sentence for each channel that nobody drives. */
export function missingDrivers(folders = channelFolders(), names = channelNames()): string[] {
  const driven = Object.values(drivers);
  const how = 'write test/support/channels/<name>.ts (a ChannelDriver: see door.ts there) and add it to the list in index.ts';
  return [
    ...names
      .filter((name) => !driven.some(({ channel }) => channel === name))
      .map((name) => `The channel "${name}" has no driver: ${how}.`),
    ...folders
      .filter((folder) => !driven.some((driver) => driver.folder === folder))
      .map((folder) => `src/channels/${folder} is under no contract: ${how}, with folder: '${folder}'.`),
  ];
}

function channelFolders(): string[] {
  const entries = readdirSync(join(ROOT, 'src/channels'), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** As `Wire` has them, which no longer exists when tests run. */
function channelNames(): string[] {
  const source = readFileSync(join(ROOT, 'src/domain/conversation.ts'), 'utf8');
  const union = /type Wire = ([^;]+);/.exec(source)?.[1] ?? '';
  return [...union.matchAll(/'([a-z]+)'/g)].map(([, name = '']) => name);
}
