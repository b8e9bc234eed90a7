/**
 * A fake Twilio, good enough to develop a town's service against without an account: the REST API
 * held to Twilio's contract, signed webhooks, receipts, faults, opt-outs, the 24-hour window,
 * and phones that type. It listens on this machine only and keeps everything in memory.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Console, createConsole, pointAt, serviceOf, webhookOf } from './account';
import { createApi } from './api';
import { createContents } from './contents';
import { openContract } from './contract';
import { createFaults, type Faults } from './faults';
import { type Approval, createMessages, isWhatsApp, type Message, newSid } from './messages';
import { createOptOuts, type OptOutMode } from './opt-out';
import { createOutgoing, type Receipts } from './outgoing';
import { createPhone, type Phone, type PhoneInside } from './phone';
import { createWebhooks } from './webhooks';

export type { Fault } from './faults';
export type { Message } from './messages';
export type { Heard, Phone } from './phone';

export interface CarrierOptions {
  /** The towns' senders: `+33…` for SMS, `whatsapp:+33…` for WhatsApp. */
  numbers: string[];
  /** Messaging Services: their sid and the numbers they hold. */
  services?: Record<string, string[]>;
  accountSid?: string;
  authToken?: string;
  port?: number;
  optOut?: OptOutMode;
  receipts?: Partial<Receipts>;
  /** Tries of a webhook after the first, on 5xx and silence. */
  webhookRetries?: number;
  clock?: () => Date;
}

export interface Carrier {
  url: string;
  accountSid: string;
  authToken: string;
  /** Where webhooks go: signed over `publicUrl`, sent to `at` when it is reached elsewhere. */
  connect(publicUrl: string, at?: string): void;
  /** The phone with this number; it writes to `to`, or to the first sender of its channel. */
  phone(address: string, to?: string): Phone;
  faults: Faults;
  /** Requests outside the contract, each with what is wrong. */
  violations: string[];
  /** How often credentials were shown where none belong. */
  leaks(): number;
  /** What stands in the account's console: a test or a developer may change it. */
  console: Console;
  /** Newest first. */
  messages(): Message[];
  /** Stores a template that Meta has approved; its sid. */
  approve(content: { language: string; types: Record<string, unknown>; friendly_name?: string }): string;
  /** WhatsApp's word on a template that was submitted; a reason goes with a refusal. */
  review(name: string, status: Approval['status'], rejectionReason?: string): void;
  setOptOut(mode: OptOutMode): void;
  setReceipts(receipts: Partial<Receipts>): void;
  /** Resolves once every receipt and webhook under way has been answered. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export async function openCarrier(options: CarrierOptions): Promise<Carrier> {
  const clock = options.clock ?? (() => new Date());
  const accountSid = options.accountSid ?? newSid('AC');
  const authToken = options.authToken ?? newSid('');
  const console = createConsole(options.numbers, options.services ?? {});
  const receipts: Receipts = { delayMs: 5, order: 'usual', ...options.receipts };
  const messages = createMessages();
  const contents = createContents(clock);
  const faults = createFaults();
  const optOuts = createOptOuts(options.optOut ?? 'none');
  const webhooks = createWebhooks({ authToken, retries: options.webhookRetries ?? 3, timeoutMs: 15_000 });
  const phones = new Map<string, PhoneInside>();
  const heard = new Map<string, Date>();
  const underWay = new Set<Promise<unknown>>();
  const violations: string[] = [];
  let leaks = 0;
  let url = '';

  const outgoing = createOutgoing({
    accountSid,
    console,
    messages,
    contents,
    faults,
    optOuts,
    webhooks,
    clock,
    receipts,
    heardAt: (citizen, sender) => heard.get(`${citizen} ${sender}`),
    arrive: (message) => phone(message.to, message.from).arrive(message),
    track(work) {
      const kept = work.catch(() => {}).finally(() => underWay.delete(kept));
      underWay.add(kept);
    },
  });

  function phone(address: string, to?: string): PhoneInside {
    const asked = to?.replace(/^whatsapp:(?=MG)/, '');
    const service = console.services.find(({ sid }) => sid === asked);
    const pool = service?.numbers ?? [...console.numbers.map(({ number }) => number), ...console.whatsApp.map(({ id }) => id)];
    const sender = to && !service ? to : pool.find((number) => isWhatsApp(number) === isWhatsApp(address));
    if (!sender) throw new Error('The carrier has no number on this channel to write to');
    const key = `${address} ${sender}`;
    const known = phones.get(key);
    if (known) return known;
    const made = createPhone({
      address,
      to: sender,
      accountSid,
      origin: url,
      serviceOf: (number) => serviceOf(console, number)?.sid,
      webhook() {
        const webhook = webhookOf(console, sender);
        if (!webhook?.url) throw new Error('The carrier is not connected to a service: call connect first');
        return webhook;
      },
      webhooks,
      messages,
      optOuts,
      clock,
      heard: () => void heard.set(key, clock()),
      markRead: (message) => outgoing.report(message, 'read', null),
    });
    phones.set(key, made);
    return made;
  }

  const api = createApi({
    accountSid,
    authToken,
    origin: () => url,
    contract: openContract(),
    messages,
    contents,
    console,
    faults,
    accept: outgoing.accept,
    showTyping(sid) {
      const message = messages.get(sid);
      if (message) phone(message.from, message.to).showTyping(sid);
    },
    onViolation: (what) => void violations.push(what),
    onLeak() {
      leaks += 1;
    },
  });
  const server = createServer((request, response) => {
    // A fault of the carrier itself is said, not hidden: a developer is looking.
    api.handle(request, response).catch((error: Error) => {
      response.statusCode = 500;
      response.end(`${error.stack}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function idle(): Promise<void> {
    do {
      await Promise.all([...underWay]);
      await webhooks.idle();
    } while (underWay.size > 0);
  }

  return {
    url,
    accountSid,
    authToken,
    connect(at, reachedAt) {
      const publicUrl = at.replace(/\/+$/, '');
      pointAt(publicUrl, console);
      if (reachedAt) webhooks.reach(publicUrl, reachedAt);
    },
    phone,
    faults,
    violations,
    leaks: () => leaks,
    console,
    messages: messages.newest,
    approve(content) {
      const made = contents.create(content);
      if ('fault' in made) throw new Error(made.fault);
      made.approval = { name: made.friendlyName, category: 'UTILITY', status: 'approved', rejectionReason: '' };
      return made.sid;
    },
    review(name, status, rejectionReason = '') {
      const content = contents.list().findLast(({ approval }) => approval?.name === name);
      if (!content?.approval) throw new Error(`No template ${name} was submitted`);
      Object.assign(content.approval, { status, rejectionReason });
    },
    setOptOut(mode) {
      optOuts.mode = mode;
    },
    setReceipts: (next) => void Object.assign(receipts, next),
    idle,
    async close() {
      webhooks.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
