/**
 * The demo page's two phones: what a visitor types there goes to the town's real webhooks through
 * the carrier, and what the town sends appears. Mounted in demo mode only, beside the town's page.
 */
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { refuse, sendRefusal } from '../domain/http/refusal';
import type { Exchange, Route } from '../domain/http/route';
import type { Town } from '../domain/town';
import type { Carrier, Message, Phone } from './carrier';

const MOST_PICTURE_BYTES = 10 * 1024 * 1024;
const SHOWN = 200;

const Which = z.object({
  town: z.string().max(100),
  channel: z.enum(['sms', 'whatsapp']),
  /** A number nobody has: ARCEP keeps 06 39 98 for fiction. */
  number: z.string().regex(/^\+3363998\d{4}$/),
});
const Typed = Which.extend({
  text: z.string().max(1600).default(''),
  pin: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
  tap: z.string().max(200).optional(),
});

export function createPhoneRoutes(carrier: Carrier, towns: { list(): Town[] }): Route[] {
  const off = new Set<Phone>();

  function phoneOf({ town, channel, number }: z.infer<typeof Which>): Phone | null {
    const sender = towns.list().find(({ id }) => id === town)?.senders[channel];
    if (!sender) return null;
    const prefix = channel === 'whatsapp' ? 'whatsapp:' : '';
    return carrier.phone(prefix + number, prefix + sender);
  }

  /** Reads what was asked with a schema; answers the mistake itself. */
  function read<Shape extends typeof Which>(
    shape: Shape,
    from: unknown,
    response: ServerResponse,
  ): { asked: z.infer<Shape>; phone: Phone } | null {
    const asked = shape.safeParse(from);
    const phone = asked.success ? phoneOf(asked.data) : null;
    if (asked.success && phone) return { asked: asked.data as z.infer<Shape>, phone };
    sendRefusal(
      response,
      asked.success
        ? refuse(404, 'no-number', 'This town has no number on this channel')
        : refuse(400, 'bad-request', z.prettifyError(asked.error)),
    );
    return null;
  }

  async function send({ body, response }: Exchange): Promise<void> {
    const found = read(Typed, body, response);
    if (!found) return;
    const { asked, phone } = found;
    const sending = asked.tap ? phone.taps(asked.tap) : phone.sends(asked.text, asked.pin ? { location: asked.pin } : {});
    await sending.then(
      ({ sid, status }) => answer(response, 200, { sid, isHeard: status === 200 }),
      (error: Error) => sendRefusal(response, refuse(409, 'not-sent', error.message)),
    );
  }

  async function sendPicture({ request, query, response }: Exchange): Promise<void> {
    const found = read(Which, Object.fromEntries(query), response);
    if (!found) return;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MOST_PICTURE_BYTES) return sendRefusal(response, refuse(413, 'too-large', 'A picture may have ten megabytes'));
      chunks.push(chunk);
    }
    const contentType = request.headers['content-type'] ?? 'application/octet-stream';
    const { sid, status } = await found.phone.sends('', { media: [{ contentType, bytes: Buffer.concat(chunks) }] });
    answer(response, 200, { sid, isHeard: status === 200 });
  }

  async function look({ query, response }: Exchange): Promise<void> {
    const found = read(Which, Object.fromEntries(query), response);
    if (!found) return;
    const { phone } = found;
    await phone.reads();
    const here = new Set(phone.received().map(({ sid }) => sid));
    const shown = carrier
      .messages()
      .filter((message) => message.from === phone.address || here.has(message.sid))
      .slice(0, SHOWN)
      .reverse();
    answer(response, 200, { isOn: !off.has(phone), messages: shown.map((message) => presentBubble(message, phone)) });
  }

  async function network({ body, response }: Exchange): Promise<void> {
    const found = read(Which.extend({ isOn: z.boolean() }), body, response);
    if (!found) return;
    const { asked, phone } = found;
    phone.network(asked.isOn);
    if (asked.isOn) off.delete(phone);
    else off.add(phone);
    answer(response, 200, { isOn: asked.isOn });
  }

  async function senders({ response }: Exchange): Promise<void> {
    const shown = towns.list().map(({ id, name, senders: { sms, whatsapp }, alerts, streets, boundary }) => {
      // Where a visitor of this town might stand when they drop a pin.
      const point = streets[0]?.numbers[0] ?? streets[0]?.middle ?? boundary[0];
      return {
        id,
        name,
        sms,
        whatsapp,
        duty: alerts?.sms?.[0],
        place: point && { latitude: point.latitude, longitude: point.longitude },
      };
    });
    answer(response, 200, { towns: shown });
  }

  return [
    { caller: 'anyone', method: 'get', path: '/demo/carrier/towns', body: 'none', handle: senders },
    { caller: 'anyone', method: 'get', path: '/demo/carrier/messages', body: 'none', handle: look },
    { caller: 'anyone', method: 'post', path: '/demo/carrier/messages', body: 'json', handle: send },
    { caller: 'anyone', method: 'post', path: '/demo/carrier/pictures', body: 'raw', handle: sendPicture },
    { caller: 'anyone', method: 'post', path: '/demo/carrier/network', body: 'json', handle: network },
  ];
}

/** A message as a bubble on this phone's screen. */
function presentBubble(message: Message, phone: Phone): Record<string, unknown> {
  return {
    sid: message.sid,
    isMine: message.from === phone.address,
    text: message.body,
    status: message.status,
    at: message.createdAt.toISOString(),
    pictures: message.pictures ?? [],
    links: message.mediaUrls,
    buttons: message.buttons?.map(({ title }) => title) ?? [],
    list: message.list
      ? { button: message.list.button, items: message.list.items.map(({ item, description }) => ({ item, description })) }
      : null,
  };
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
