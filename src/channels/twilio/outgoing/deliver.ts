/**
 * From the outbox to Twilio. Nothing is sent twice: an outcome that stays unknown is looked up
 * in what Twilio says it sent before anything is sent again, because its API has no key that
 * would make a repeated request harmless (protocols.md 1.5).
 */
import { sizeOf } from '../../../domain/message/sms-encoding';
import { windowLeftMs } from '../../../domain/message/whatsapp';
import type { Town } from '../../../domain/town';
import type { Courier, Delivery, Letter } from '../../channel';
import type { LinkTo } from '../../plain-words';
import { smsBodies } from '../../sms';
import { whatsAppShape } from '../../whatsapp';
import type { Client, KnownMessage, MessageRequest } from '../client';
import { type PhoneChannel, senderOf } from '../senders';
import type { Contents } from './contents';
import type { Departures } from './departures';
import { deliveryForCode, deliveryForFault } from './error-codes';
import type { Pace } from './pace';
import type { Templates } from './templates';

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;
/** What could not be asked of the Content API now is asked again a little later. */
const TEMPLATES_AGAIN_MS = MINUTE / 2;

export interface DeliverParts {
  channel: PhoneChannel;
  client: Client;
  contents: Contents;
  templates: Templates;
  departures: Departures;
  pace: Pace;
  town(id: string): Town | undefined;
  /** Where an address inside a message of this conversation is reached from outside. */
  linkTo(url: string, conversation: string): string | null;
  /** `piece` numbers the parts of a long text. */
  statusCallback(outboxId: string, piece?: number): string;
  /** When this citizen was last heard, if that is known; without it only Twilio's refusal tells that the window is closed. */
  heardAt?(conversation: string): Promise<Date | undefined>;
  /** Whether a message at Twilio is known to be another outbox row's, or a sending of this one that failed. */
  isTaken?(sid: string, outboxId: string): Promise<boolean>;
  clock: () => Date;
  log(event: string, fields: Record<string, unknown>): void;
}

/** What one message asks of Twilio: one request, or several for a text beyond 1,600 characters. */
type Content = Pick<MessageRequest, 'body' | 'mediaUrl' | 'contentSid' | 'contentVariables'> & {
  /** What it is paid for as. */
  pieces: number;
  /** How it may read in Twilio's list. */
  reads: string[];
};

export function createDelivery(parts: DeliverParts): Required<Pick<Courier, 'deliver' | 'reconcile'>> {
  const { client, departures, clock, log } = parts;

  async function deliver(message: Letter, isOurs: () => boolean): Promise<Delivery> {
    const town = parts.town(message.town);
    const sender = town && senderOf(town, parts.channel);
    if (!town || !sender) return { outcome: 'never', reason: 'no-sender' };
    try {
      const contents = await contentsOf(message, town);
      if ('outcome' in contents) return contents;
      // A long text may have left in part; only what is missing goes now.
      const gone = contents.length > 1 ? await findSent(message, contents) : [];
      let last = gone.findLast((one) => one !== undefined)?.sid;
      for (const [index, { reads: _, pieces: __, ...content }] of contents.entries()) {
        if (gone[index]) continue;
        if (!(await parts.pace.turn(Object.values(sender)[0]!)))
          return { outcome: 'later', reason: 'sender-rate', afterMs: 1000, isUntried: true };
        const statusCallback = parts.statusCallback(message.id, contents.length > 1 ? index : undefined);
        const sent = await client.send({ to: message.address, ...sender, ...content, statusCallback }, isOurs);
        if (sent.errorCode) return noted(message, deliveryForCode(sent.errorCode));
        last = sent.sid;
      }
      if (!last) return { outcome: 'never', reason: 'nothing-to-say' };
      departures.left(message.id, last);
      return { outcome: 'sent', providerId: last, pieces: contents.reduce((sum, { pieces }) => sum + pieces, 0) };
    } catch (error) {
      return noted(message, deliveryForFault(error));
    }
  }

  async function reconcile(message: Letter): Promise<Delivery> {
    const known = departures.sidOf(message.id);
    if (known) return { outcome: 'sent', providerId: known };
    const town = parts.town(message.town);
    if (!town) return { outcome: 'never', reason: 'no-sender' };
    try {
      const contents = await contentsOf(message, town);
      if ('outcome' in contents) return contents;
      const found = await findSent(message, contents);
      const missing = found.filter((one) => one === undefined).length;
      if (missing > 0) {
        if (departures.isSettling(message.id, clock())) return { outcome: 'unknown', reason: 'not-listed-yet' };
        return { outcome: 'later', reason: 'did-not-leave', afterMs: 0 };
      }
      const last = found.at(-1)!;
      departures.left(message.id, last.sid);
      const hasFailed = last.status === 'failed' || last.status === 'undelivered';
      if (hasFailed)
        return noted(message, last.errorCode ? deliveryForCode(last.errorCode) : { outcome: 'never', reason: last.status });
      return { outcome: 'sent', providerId: last.sid };
    } catch (error) {
      const fault = deliveryForFault(error);
      return { outcome: 'unknown', reason: 'reason' in fault ? fault.reason : 'not-listed' };
    }
  }

  /** For each content the message at Twilio that it already became, if any. */
  async function findSent(message: Letter, contents: Content[]): Promise<Array<KnownMessage | undefined>> {
    const said = message.activity.timestamp ? new Date(message.activity.timestamp).getTime() : clock().getTime() - DAY;
    // Twilio's dates are whole seconds by its own clock.
    const listed = await client.sentTo(message.address, new Date(said - MINUTE));
    const wanted = new Set(contents.flatMap(({ reads }) => reads));
    const free: KnownMessage[] = [];
    for (const one of listed) {
      if (!wanted.has(one.body.trim()) || departures.isAnothers(one.sid, message.id)) continue;
      // After a restart only the store knows which of two equal messages is whose.
      if (!(await parts.isTaken?.(one.sid, message.id))) free.push(one);
    }
    return contents.map(({ reads }) => {
      const at = free.findIndex(({ body }) => reads.includes(body.trim()));
      return at < 0 ? undefined : free.splice(at, 1)[0];
    });
  }

  async function contentsOf(message: Letter, town: Town): Promise<Content[] | Delivery> {
    const { activity, conversation } = message;
    const linkTo: LinkTo = (url) => parts.linkTo(url, conversation);
    if (parts.channel === 'sms')
      return smsBodies(activity, town, linkTo).map((body) => ({ body, pieces: sizeOf(body).segments, reads: [body] }));
    const language = activity.locale?.slice(0, 2) ?? town.languages[0];
    const heardAt = await parts.heardAt?.(message.conversation);
    if (heardAt && windowLeftMs(heardAt, clock()) <= 0) return templateOf(message, language);
    const shape = whatsAppShape(activity, linkTo);
    if (shape.kind === 'text') {
      const bodies: Content[] = shape.bodies.map((body) => ({ body, pieces: 1, reads: [body] }));
      if (shape.files.length === 0) return bodies;
      return [{ ...(bodies[0] ?? { pieces: 1, reads: [''] }), mediaUrl: shape.files }, ...bodies.slice(1)];
    }
    const reads = [shape.body, shape.plain];
    try {
      return [{ contentSid: await parts.contents.sidOf(shape, language), pieces: 1, reads }];
    } catch (error) {
      // Numbers in a text do the same service; a citizen must not wait for buttons.
      log('buttons-unavailable', { outbox: message.id, reason: deliveryForFault(error).outcome });
      return [{ body: shape.plain, pieces: 1, reads }];
    }
  }

  async function templateOf({ id, activity }: Letter, language: string): Promise<Content[] | Delivery> {
    const template = activity.channelData?.template as { name: string; variables?: Record<string, string> } | undefined;
    if (!template) return { outcome: 'never', reason: 'window-closed' };
    let contentSid: string | undefined;
    try {
      contentSid = await parts.templates.sidOf(template.name, language);
    } catch (error) {
      log('templates-unavailable', { outbox: id, reason: deliveryForFault(error).outcome });
      return { outcome: 'later', reason: 'templates-unavailable', afterMs: TEMPLATES_AGAIN_MS };
    }
    if (!contentSid) return { outcome: 'never', reason: 'template-not-approved' };
    const contentVariables = JSON.stringify(template.variables ?? {});
    // What a template reads like is Meta's to say: the plain words are the best guess.
    return [{ contentSid, contentVariables, pieces: 1, reads: [activity.text?.trim() ?? ''] }];
  }

  function noted(message: Letter, delivery: Delivery): Delivery {
    if (delivery.outcome === 'unknown') departures.doubted(message.id, clock());
    return delivery;
  }

  return { deliver, reconcile };
}
