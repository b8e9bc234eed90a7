/** Teams and the other channels of the Azure Bot Service, for those who have an account there. */
import type { BotFrameworkParts } from '../../channels/botframework';
import type { House } from '../house';

/** @param endpoints where its keys and login are, when not in the public cloud. */
export function openTeams({ config, towns, clock, log, mailroom }: House, endpoints: BotFrameworkParts['endpoints']) {
  if (!config.botFramework) return null;
  const { town = towns.list()[0]?.id ?? '', ...account } = config.botFramework;
  // Loaded by those who have it.
  const { createBotFramework } = require('../../channels/botframework') as typeof import('../../channels/botframework');
  return createBotFramework({
    ...account,
    endpoints,
    town,
    towns,
    receive: (message) => mailroom().receive(message),
    clock,
    log: (event, fields) => log('warn', `botframework.${event}`, fields),
  });
}
