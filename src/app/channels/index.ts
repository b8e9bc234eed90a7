/** Every way in and out: the channels that citizens write by, and who delivers the letters of each lane. */
import type { BotFrameworkParts } from '../../channels/botframework';
import type { Channel } from '../../channels/channel';
import type { WebParts } from '../../channels/web';
import type { OwnDataParts } from '../../channels/web/own-data';
import type { Wire } from '../../domain/conversation';
import type { Courier, Lane } from '../../domain/message/courier';
import { openCouriers } from '../couriers';
import type { House } from '../house';
import { openEmail } from './email';
import { openPhones } from './phones';
import { openTeams } from './teams';
import { openWeb } from './web';

export interface ChannelsParts {
  told: Pick<WebParts, 'onReached' | 'onSign'>;
  /** Asked for when it is needed: it is made after the channels. */
  ownData: () => Pick<OwnDataParts, 'townOf' | 'copy'>;
  /** Where the Bot Framework's keys and login are, when not in the public cloud. */
  cloud: BotFrameworkParts['endpoints'];
}

export async function openChannels(house: House, { told, ownData, cloud }: ChannelsParts) {
  const web = openWeb(house, told, ownData);
  const { fileUrl } = web.channel;
  const phones = await openPhones(house, fileUrl);
  const teams = openTeams(house, cloud);
  const email = openEmail(house, fileUrl);
  const others = openCouriers(house);
  const { sms, whatsapp } = phones;
  const byWire: Record<Wire, Channel | undefined> = {
    ...{ web: web.channel, sms, whatsapp, botframework: teams?.channel, mail: email?.channel },
  };
  // Where nobody is configured to deliver them, letters wait.
  const byLane: Record<Lane, Courier | undefined> = {
    ...{ sms: sms?.courier, whatsapp: whatsapp?.courier, botframework: teams?.channel.courier },
    ...{ webhook: others.webhook, email: email?.courier, open311: others.open311 },
  };
  return {
    web,
    phones,
    open311: others.open311,
    channels: Object.values(byWire).filter((channel) => channel !== undefined),
    couriers: Object.values(byLane).filter((courier) => courier !== undefined),
    /** What has addresses of its own. */
    mounted: [
      ...[web.channel, phones, web.photoLink, web.sharedPhotos, web.ownData, web.statusPage, web.legal],
      ...(teams ? [teams] : []),
      ...(email ? [email] : []),
    ],
    async close() {
      email?.close();
      await phones.close();
    },
  };
}
