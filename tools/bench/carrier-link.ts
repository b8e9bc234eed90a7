/** What the bench and its carrier say to each other, and the bench's end of it. */
import { fork } from 'node:child_process';
import { magicOf } from '../../src/demo/carrier/faults';

/** Bellerive's own number for text messages. */
export const SENDER = '+33639981000';

const FIRST_PHONE = 39_980_000;
const BESIDE = 40;

/** The mobile of a citizen by their number, from 0; never one whose last digits ask the carrier for a fault. */
export function citizensPhone(citizen: number): string {
  const phone = `+336${FIRST_PHONE + citizen}`;
  return magicOf(phone) ? `+337${FIRST_PHONE + citizen + BESIDE}` : phone;
}

export type FromCarrier =
  | { kind: 'open'; url: string; accountSid: string; authToken: string }
  | { kind: 'connected' }
  | { kind: 'accepted'; to: string };

export interface ToCarrier {
  /** The server under measurement. */
  service: string;
  /** Whether it is told what became of its messages. */
  receipts: boolean;
  phones: string[];
}

export interface CarrierLink {
  /** What a server needs to use this carrier as Twilio. */
  env: { TWILIO_ACCOUNT_SID: string; TWILIO_AUTH_TOKEN: string; TWILIO_API_URL: string };
  connect(to: ToCarrier): Promise<void>;
  /** Resolves when the next reply to this phone is accepted; several waiters are served in their order. Throws after the limit. */
  nextReply(phone: string, limitMs: number): Promise<void>;
  /** Replies to this phone so far. */
  accepted(phone: string): number;
  /** Replies that nobody waited for. */
  surplus(): number;
  close(): void;
}

export async function openCarrierLink(): Promise<CarrierLink> {
  const child = fork('dist/tools/bench/processes/carrier.js', { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<string, Array<() => void>>();
  const accepted = new Map<string, number>();
  let surplus = 0;
  let connected: () => void = () => {};
  const opened = await new Promise<Extract<FromCarrier, { kind: 'open' }>>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The carrier ended with ${code}`)));
    child.on('message', (message: FromCarrier) => {
      if (message.kind === 'open') return resolve(message);
      if (message.kind === 'connected') return connected();
      accepted.set(message.to, (accepted.get(message.to) ?? 0) + 1);
      const waiter = waiting.get(message.to)?.shift();
      if (waiter) waiter();
      else surplus += 1;
    });
  });
  return {
    env: { TWILIO_ACCOUNT_SID: opened.accountSid, TWILIO_AUTH_TOKEN: opened.authToken, TWILIO_API_URL: opened.url },
    connect: (to) =>
      new Promise((resolve) => {
        connected = resolve;
        child.send(to);
      }),
    nextReply: (phone, limitMs) =>
      new Promise((resolve, reject) => {
        const line = waiting.get(phone) ?? [];
        waiting.set(phone, line);
        const waiter = () => {
          clearTimeout(limit);
          resolve();
        };
        const limit = setTimeout(() => {
          line.splice(line.indexOf(waiter), 1);
          reject(new Error(`No reply within ${limitMs} ms`));
        }, limitMs);
        line.push(waiter);
      }),
    accepted: (phone) => accepted.get(phone) ?? 0,
    surplus: () => surplus,
    close: () => child.disconnect(),
  };
}
