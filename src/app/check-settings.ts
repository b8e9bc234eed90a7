/** What the towns' folders need of the settings: found out at the start, not on the day it is needed. */
import { isIP } from 'node:net';
import { type Config, ConfigFault } from '../config';
import { isPublicAddress } from '../domain/http/public-address';
import type { Towns } from '../towns';

const isInside = (host: string) => host === 'localhost' || (isIP(host) !== 0 && !isPublicAddress(host));

/** A town that counts on being told of dangers must not find out on the day that nothing can leave. Throws ConfigFault. */
export function checkSettings(config: Config, towns: Towns): void {
  const faults = towns.list().flatMap(({ id, alerts, hub, webhooks = [] }) => [
    ...(hub && !config.webhookSecret
      ? [`WEBHOOK_SECRET: needed by hub of the town ${id}; make one with: echo whsec_$(openssl rand -base64 32)`]
      : []),
    ...(alerts?.webhook && !config.webhookSecret
      ? [`WEBHOOK_SECRET: needed by alerts.webhook of the town ${id}; make one with: echo whsec_$(openssl rand -base64 32)`]
      : []),
    ...(webhooks.length > 0 && !config.webhookSecret
      ? [`WEBHOOK_SECRET: needed by webhooks of the town ${id}; make one with: echo whsec_$(openssl rand -base64 32)`]
      : []),
    ...[alerts?.webhook, hub?.url, ...webhooks.map(({ url }) => url)]
      .flatMap((url) => (url ? new URL(url).hostname.replace(/^\[|\]$/g, '') : []))
      .filter((host) => isInside(host) && !config.webhookPrivateHosts.includes(host))
      .map((host) => `WEBHOOK_PRIVATE_HOSTS: must hold ${host}, which a web hook of the town ${id} goes to`),
    ...(alerts?.email && !config.email ? [`SMTP_URL, MAIL_FROM: needed by alerts.email of the town ${id}`] : []),
    ...(alerts?.sms && !config.twilio && config.mode === 'live'
      ? [`TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN: needed by alerts.sms of the town ${id}`]
      : []),
  ]);
  if (config.botFramework && !config.botFramework.town && towns.list().length > 1)
    faults.push('BOTFRAMEWORK_TOWN: needed where there are several towns');
  if (faults.length > 0) throw new ConfigFault(faults);
}
