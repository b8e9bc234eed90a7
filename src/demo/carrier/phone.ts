/**
 * A citizen's telephone: types, taps, drops a pin, sends a picture, has no network for a while.
 * What it sends goes to the town as a signed webhook; what arrives can be waited for.
 */
import type { Webhook } from './account';
import type { Choices, Media, Message } from './messages';
import { isWhatsApp, type Messages, newSid } from './messages';
import type { OptOuts } from './opt-out';
import type { WebhookAnswer, Webhooks } from './webhooks';

/** A message as the citizen sees it. */
export interface Heard extends Choices {
  sid: string;
  text: string;
  from: string;
  mediaUrls: string[];
  at: Date;
}

export interface Extras {
  media?: Array<{ contentType: string; bytes: Buffer }>;
  location?: { latitude: number; longitude: number; label?: string; address?: string };
  button?: { title: string; id: string };
  /** Parameters added as they are: what Twilio may send tomorrow. */
  more?: Record<string, string>;
}

export interface Sending {
  sid: string;
  /** The town's answer to the last try. */
  status: number;
  body: string;
  /** The same webhook once more, as a carrier's retry does it. */
  again(): Promise<WebhookAnswer>;
}

export interface Phone {
  readonly address: string;
  sends(text: string, extras?: Extras): Promise<Sending>;
  /** Taps a button or a list entry of the last message that has one with this title. */
  taps(title: string): Promise<Sending>;
  received(): Heard[];
  /** The next message not yet waited for that matches; a string matches as a part of the text. Rejects after a minute, or `ms`. */
  next(match?: RegExp | string, ms?: number): Promise<Heard>;
  /** Off: nothing arrives, and what is typed leaves when it is on again. */
  network(isOn: boolean): void;
  /** The citizen looks at the screen: WhatsApp reports what was there as read. */
  reads(): Promise<void>;
  /** Sids of what this phone sent that the town has shown as read, with the sign that it is writing. */
  seenByTown(): string[];
}

export interface PhoneParts {
  address: string;
  to: string;
  accountSid: string;
  origin: string;
  serviceOf(number: string): string | undefined;
  /** Where this phone's messages are announced, and where when that fails. */
  webhook(): Webhook;
  webhooks: Webhooks;
  messages: Messages;
  optOuts: OptOuts;
  clock: () => Date;
  heard(): void;
  markRead(message: Message): Promise<void>;
}

export interface PhoneInside extends Phone {
  showTyping(sid: string): void;
  arrive(message: Message): Promise<void>;
}

const MOST_KEPT = 1000;

export function createPhone(parts: PhoneParts): PhoneInside {
  const { address, to, clock } = parts;
  const inbox: Heard[] = [];
  const unread: Message[] = [];
  const seen: string[] = [];
  let consumed = 0;
  let isOn = true;
  let waiting: Array<() => void> = [];
  let looking: Array<() => void> = [];

  const untilOn = () => (isOn ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve)));

  function show(message: Message): void {
    const { sid, body: text, from, mediaUrls, buttons, list } = message;
    inbox.push({ sid, text, from, mediaUrls, buttons, list, at: clock() });
    if (inbox.length > MOST_KEPT) {
      inbox.shift();
      consumed = Math.max(0, consumed - 1);
    }
    for (const look of looking) look();
  }

  async function sends(text: string, extras: Extras = {}): Promise<Sending> {
    await untilOn();
    const media: Media[] = (extras.media ?? []).map((one) => ({ sid: newSid('ME'), ...one, createdAt: clock() }));
    const sid = newSid(media.length ? 'MM' : 'SM');
    parts.messages.add({
      sid,
      direction: 'inbound',
      from: address,
      to,
      body: text,
      status: 'received',
      errorCode: null,
      serviceSid: parts.serviceOf(to) ?? null,
      statusCallback: null,
      media,
      pictures: media.map(({ contentType }) => contentType),
      mediaUrls: [],
      createdAt: clock(),
      sentAt: clock(),
    });
    parts.heard();
    const optOut = parts.optOuts.hear(address, to, text);
    if (optOut?.reply) {
      const reply = {
        sid: newSid('SM'),
        direction: 'outbound-reply' as const,
        from: to,
        to: address,
        body: optOut.reply,
        status: 'delivered' as const,
      };
      const at = { createdAt: clock(), sentAt: clock() };
      show(
        parts.messages.add({
          ...reply,
          ...at,
          errorCode: null,
          serviceSid: null,
          statusCallback: null,
          media: [],
          mediaUrls: [],
        }),
      );
    }
    const form = formOf(sid, text, media, extras, parts.optOuts.mode === 'advanced' ? optOut?.type : undefined);
    const answer = await announce(form);
    return { sid, ...answer, again: () => parts.webhooks.post(parts.webhook().url, form) };
  }

  /** A webhook that fails leaves the message to the fallback's, which is told why (11200). */
  async function announce(form: Record<string, string>): Promise<WebhookAnswer> {
    const { url, fallbackUrl } = parts.webhook();
    const answer = await parts.webhooks.post(url, form);
    const hasFailed = answer.status === 0 || answer.status >= 400;
    if (!hasFailed || !fallbackUrl) return answer;
    return parts.webhooks.post(fallbackUrl, { ...form, ErrorCode: '11200', ErrorUrl: url });
  }

  function formOf(
    sid: string,
    text: string,
    media: Media[],
    extras: Extras,
    optOutType: string | undefined,
  ): Record<string, string> {
    const { location, button, more } = extras;
    const service = parts.serviceOf(to);
    return {
      AccountSid: parts.accountSid,
      ApiVersion: '2010-04-01',
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      SmsStatus: 'received',
      From: address,
      To: to,
      Body: text,
      NumSegments: '1',
      NumMedia: String(media.length),
      ...(service ? { MessagingServiceSid: service } : {}),
      ...Object.fromEntries(
        media.flatMap((one, index) => [
          [`MediaUrl${index}`, `${parts.origin}/2010-04-01/Accounts/${parts.accountSid}/Messages/${sid}/Media/${one.sid}`],
          [`MediaContentType${index}`, one.contentType],
        ]),
      ),
      ...(isWhatsApp(address)
        ? { ProfileName: 'Phone', WaId: address.replace(/^whatsapp:\+?/, ''), ChannelPrefix: 'whatsapp' }
        : { FromCountry: 'FR' }),
      ...(location
        ? { Latitude: String(location.latitude), Longitude: String(location.longitude), MessageType: 'location' }
        : {}),
      ...(location?.label ? { Label: location.label } : {}),
      ...(location?.address ? { Address: location.address } : {}),
      ...(button ? { ButtonPayload: button.id, ButtonText: button.title, ButtonType: 'REPLY', MessageType: 'button' } : {}),
      ...(optOutType ? { OptOutType: optOutType } : {}),
      ...more,
    };
  }

  return {
    address,
    sends,
    async taps(title) {
      for (const { buttons, list } of [...inbox].reverse()) {
        const button = buttons?.find((one) => one.title === title);
        if (button) return sends(title, { button });
        const item = list?.items.find((one) => one.item === title || one.description === title);
        if (item) return sends(item.item, { more: { ListId: item.id, ListTitle: item.item, MessageType: 'interactive' } });
      }
      throw new Error(`No message on this phone has a button '${title}'`);
    },
    received: () => [...inbox],
    next(match, ms = 60_000) {
      const isIt = ({ text }: Heard) =>
        match === undefined || (typeof match === 'string' ? text.includes(match) : match.test(text));
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          looking = looking.filter((one) => one !== look);
          const seen = inbox.slice(consumed).map(({ text }) => JSON.stringify(text));
          reject(
            new Error(
              `Nothing that matches ${match ?? 'anything'} arrived in ${ms} ms; there was ${seen.join(', ') || 'nothing'}`,
            ),
          );
        }, ms);
        function look(): void {
          const at = inbox.findIndex((heard, index) => index >= consumed && isIt(heard));
          if (at < 0) return;
          consumed = at + 1;
          clearTimeout(timer);
          looking = looking.filter((one) => one !== look);
          resolve(inbox[at]!);
        }
        looking.push(look);
        look();
      });
    },
    network(next) {
      isOn = next;
      if (!isOn) return;
      for (const go of waiting.splice(0)) go();
      waiting = [];
    },
    async reads() {
      if (isWhatsApp(address)) await Promise.all(unread.splice(0).map((message) => parts.markRead(message)));
    },
    seenByTown: () => [...seen],
    showTyping: (sid) => void seen.push(sid),
    async arrive(message) {
      await untilOn();
      unread.push(message);
      show(message);
    },
  };
}
