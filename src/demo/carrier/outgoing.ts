/**
 * A message on its way from a town to a phone: checked as Twilio checks it, delivered when the
 * phone has a network, and reported by receipts in the order asked for.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Console, ownsSender } from './account';
import type { Contents } from './contents';
import { type Fault, type Faults, magicOf } from './faults';
import { isWhatsApp, type Message, type Messages, newSid, type Status } from './messages';
import type { OptOuts } from './opt-out';
import type { Webhooks } from './webhooks';

export interface Receipts {
  delayMs: number;
  /** `lost`: messages travel, and nobody is told. */
  order: 'usual' | 'reversed' | 'lost';
}

export interface OutgoingParts {
  accountSid: string;
  console: Console;
  messages: Messages;
  contents: Contents;
  faults: Faults;
  optOuts: OptOuts;
  webhooks: Webhooks;
  clock: () => Date;
  receipts: Receipts;
  /** When a citizen last wrote to a sender. */
  heardAt(citizen: string, sender: string): Date | undefined;
  /** Hands the message to the phone; resolves once it is there, which may be long after. */
  arrive(message: Message): Promise<void>;
  /** Keeps a promise from being forgotten when the carrier closes. */
  track(work: Promise<unknown>): void;
}

export type Acceptance = { message: Message; http?: Fault } | { code: number; status: number; why: string } | { http: Fault };

const DAY = 24 * 60 * 60 * 1000;
const E164 = /^\+[1-9]\d{6,14}$/;
const WHATSAPP = /^whatsapp:(\+[1-9]\d{6,14}|[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128})$/;
const UNDELIVERED = new Set([30003, 30004, 30005, 30006, 30007, 30008]);

export function createOutgoing(parts: OutgoingParts) {
  const { messages, contents, faults, optOuts, webhooks, clock } = parts;

  /** What `POST …/Messages.json` comes to. */
  function accept(form: URLSearchParams): Acceptance {
    const to = form.get('To')!;
    const serviceSid = form.get('MessagingServiceSid');
    const pool = parts.console.services.find(({ sid }) => sid === serviceSid)?.numbers ?? [];
    const from = form.get('From') ?? pool.find((number) => isWhatsApp(number) === isWhatsApp(to)) ?? '';
    const refusal = refusalOf(form, to, from, serviceSid);
    if (refusal) return { ...refusal, status: 400 };
    const content = form.get('ContentSid') ? contents.render(form.get('ContentSid')!, form.get('ContentVariables')) : null;
    if (content && 'code' in content) return { ...content, status: 400 };
    const fault = faults.take() ?? magicOf(to);
    if (fault?.kind === 'refuse')
      return { code: fault.code, status: fault.code === 20429 ? 429 : 400, why: `Refused with ${fault.code}` };
    const isHttpFault = fault?.kind === 'status' || fault?.kind === 'hang' || fault?.kind === 'cut';
    if (isHttpFault && !fault.accepted) return { http: fault };
    if (optOuts.isOut(to, from) && optOuts.mode !== 'advanced') {
      return { code: 21610, status: 400, why: 'Attempt to send to unsubscribed recipient' };
    }
    const { isApproved, body, ...choices } = content ?? { isApproved: false, body: form.get('Body') ?? '' };
    const message = messages.add({
      sid: newSid(form.has('MediaUrl') ? 'MM' : 'SM'),
      direction: 'outbound-api',
      from,
      to,
      body,
      ...choices,
      status: serviceSid ? 'accepted' : 'queued',
      errorCode: null,
      serviceSid,
      statusCallback: form.get('StatusCallback'),
      media: [],
      mediaUrls: form.getAll('MediaUrl'),
      createdAt: clock(),
      sentAt: null,
    });
    const code = fault?.kind === 'fail' ? fault.code : failureOf(message, isApproved);
    parts.track(travel(message, code));
    return isHttpFault ? { message, http: fault } : { message };
  }

  function refusalOf(
    form: URLSearchParams,
    to: string,
    from: string,
    serviceSid: string | null,
  ): { code: number; why: string } | null {
    if (!(isWhatsApp(to) ? WHATSAPP : E164).test(to)) return { code: 21211, why: 'Invalid To' };
    if (serviceSid && !parts.console.services.some(({ sid }) => sid === serviceSid))
      return { code: 21701, why: 'No such Messaging Service' };
    if (!from) return { code: serviceSid ? 21703 : 21603, why: 'A From or a MessagingServiceSid with a number is required' };
    if (!ownsSender(parts.console, from))
      return { code: isWhatsApp(from) ? 63007 : 21606, why: 'This From is not a number of the account' };
    if (isWhatsApp(from) !== isWhatsApp(to)) return { code: 21910, why: 'From and To are of different channels' };
    if (!form.get('Body') && !form.has('MediaUrl') && !form.has('ContentSid'))
      return { code: 21619, why: 'A Body, MediaUrl or ContentSid is required' };
    if ((form.get('Body') ?? '').length > 1600) return { code: 21617, why: 'The Body is longer than 1600 characters' };
    if (form.getAll('MediaUrl').length > 10) return { code: 21623, why: 'More than ten MediaUrl' };
    const callback = form.get('StatusCallback');
    if (callback && !URL.canParse(callback)) return { code: 21609, why: 'Invalid StatusCallback' };
    return null;
  }

  /** What an accepted message fails with, if anything. */
  function failureOf(message: Message, isApproved: boolean): number | null {
    if (optOuts.isOut(message.to, message.from)) return 21610;
    if (!isWhatsApp(message.to)) return null;
    const heardAt = parts.heardAt(message.to, message.from);
    const isOpen = heardAt !== undefined && clock().getTime() - heardAt.getTime() < DAY;
    if (!isOpen && !isApproved) return 63016;
    return !isApproved && (message.buttons?.length ?? 0) > 3 ? 63021 : null;
  }

  /** The last message on its way from each sender to each phone: none overtakes another. */
  const roads = new Map<string, Promise<unknown>>();

  async function travel(message: Message, code: number | null): Promise<void> {
    const road = `${message.from} ${message.to}`;
    const before = roads.get(road);
    let pass = () => {};
    const passed = new Promise<void>((resolve) => {
      pass = resolve;
    });
    const isFree = Promise.all([before, passed]);
    roads.set(road, isFree);
    const arrive = async () => {
      await before;
      await parts.arrive(message);
      pass();
    };
    await travelOn(message, code, arrive).finally(pass);
    if (roads.get(road) === isFree) roads.delete(road);
  }

  async function travelOn(message: Message, code: number | null, arrive: () => Promise<void>): Promise<void> {
    const steps: Status[] = message.serviceSid ? ['queued'] : [];
    if (code === null) {
      steps.push('sent');
    } else {
      steps.push(UNDELIVERED.has(code) ? 'undelivered' : 'failed');
    }
    if (code !== null && UNDELIVERED.has(code)) steps.splice(-1, 0, 'sent');
    if (parts.receipts.order !== 'reversed') {
      for (const status of steps) await report(message, status, code);
      if (code === null) await arrive().then(() => report(message, 'delivered', null));
      return;
    }
    if (code === null) {
      await arrive();
      steps.push('delivered');
    }
    for (const status of steps) move(message, status, code);
    for (const status of steps.reverse()) await post(message, status, code);
  }

  function move(message: Message, status: Status, code: number | null): void {
    message.status = status;
    if (status === 'sent') message.sentAt = clock();
    if (status === 'failed' || status === 'undelivered') message.errorCode = code;
  }

  async function report(message: Message, status: Status, code: number | null): Promise<void> {
    await pause(parts.receipts.delayMs);
    move(message, status, code);
    await post(message, status, code);
  }

  async function post(message: Message, status: Status, code: number | null): Promise<void> {
    if (!message.statusCallback || parts.receipts.order === 'lost') return;
    const hasFailed = status === 'failed' || status === 'undelivered';
    await webhooks.post(message.statusCallback, {
      AccountSid: parts.accountSid,
      ApiVersion: '2010-04-01',
      From: message.from,
      To: message.to,
      MessageSid: message.sid,
      SmsSid: message.sid,
      MessageStatus: status,
      SmsStatus: status,
      ...(message.serviceSid ? { MessagingServiceSid: message.serviceSid } : {}),
      ...(hasFailed && code ? { ErrorCode: String(code) } : {}),
      ...(isWhatsApp(message.to) ? { ChannelPrefix: 'whatsapp' } : {}),
      ...(status === 'read' ? { EventType: 'READ' } : {}),
    });
  }

  return { accept, report };
}
