/**
 * Open311 GeoReport v2 (protocols.md 3): services of a town with their questions, requests opened by programs with a key,
 * and what became of the requests that the town publishes, in XML and JSON. A town is a jurisdiction, by its id.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Exchange, Route } from '../../domain/http/route';
import type { ApiKey } from '../../domain/programs/api-key';
import { attributesOf, draftFrom } from '../../domain/ticket/opening';
import { faultText } from '../../domain/ticket/opening-faults';
import { publicIdOf } from '../../domain/ticket/public-id';
import { isOpen, TICKET_STATES } from '../../domain/ticket/states';
import type { Ticket } from '../../domain/ticket/ticket';
import type { Topic } from '../../domain/topic/topic';
import type { Calendar, Town, Towns } from '../../domain/town';
import type { Tickets } from '../../store/rows/tickets';
import type { KeyRing } from '../keys';
import { type Format, formatOf, listed, refusal, type Said, send, tooMany, within } from './format';
import { isPublished, isService, presentAttribute, presentRequest, presentService } from './present';
import { type ListQuery, readFields, readForm, readList, readOpening } from './requests';

export interface Open311Parts {
  towns: Towns;
  tickets: Tickets;
  keys: KeyRing;
  publicUrl: () => string;
  clock: () => Date;
  calendar: Calendar;
}

const HOUR_MS = 60 * 60 * 1000;
const BASE = '/open311/v2';
const SPECIFICATION = 'http://wiki.open311.org/GeoReport_v2';
const FORMATS: Format[] = ['xml', 'json'];

/** A call about one town, and what it asks with. */
interface Asked {
  request: IncomingMessage;
  town: Town;
  form: Map<string, string>;
}

type Answering = (asked: Asked) => Said | Promise<Said>;

export function createOpen311Routes({ towns, tickets, keys, publicUrl, clock, calendar }: Open311Parts): Route[] {
  const changeset = clock().toISOString();

  async function hear({ request }: Exchange, form: Map<string, string> | null, answering: Answering): Promise<Said> {
    const waitSeconds = await keys.open(request);
    if (waitSeconds !== null) return tooMany(waitSeconds);
    if (!form) return refusal(400, 'A parameter is given twice, or there are too many');
    const id = form.get('jurisdiction_id');
    const [only, ...others] = towns.list();
    const town = id === undefined && others.length === 0 ? only : towns.get(id ?? '');
    if (!town)
      return id === undefined ? refusal(400, 'jurisdiction_id was not provided') : refusal(404, 'jurisdiction_id was not found');
    return answering({ request, town, form });
  }

  const services = (town: Town) => towns.topics(town.id).filter(isService);
  const serviceOf = (town: Town, code: string | undefined) => services(town).find(({ id }) => id === code);

  /** Whether the key that a call shows may see every request of the town; without a key, what is published. */
  async function maySeeAll({ request, town, form }: Asked): Promise<boolean> {
    const shown = form.get('api_key');
    if (!shown) return false;
    const admitted = await keys.admit(request, shown, 'tickets.read');
    return 'key' in admitted && admitted.key.town === town.id;
  }

  const listServices: Answering = ({ town }) =>
    listed(
      'services',
      'service',
      services(town).map((topic) => presentService(topic, town)),
    );

  function define({ town }: Asked, code: string): Said {
    const topic = serviceOf(town, code);
    if (!topic) return refusal(404, 'service_code was not found');
    const attributes = attributesOf(topic).map((field, n) => presentAttribute(field, n + 1, town));
    const inXml = attributes.map(({ values, ...rest }) => ({ ...rest, values: within('value', values) }));
    return {
      status: 200,
      json: { service_code: code, attributes },
      xml: { service_definition: { service_code: code, attributes: within('attribute', inXml) } },
    };
  }

  async function open({ request, town, form }: Asked): Promise<Said> {
    const admitted = await keys.admit(request, form.get('api_key') ?? '', 'tickets.open');
    if ('waitSeconds' in admitted) return tooMany(admitted.waitSeconds);
    if ('refused' in admitted || admitted.key.town !== town.id)
      return refusal(403, 'api_key is missing, unknown or not for this');
    const code = form.get('service_code');
    if (!code) return refusal(400, 'service_code was not provided');
    const topic = serviceOf(town, code);
    if (!topic) return refusal(404, 'service_code was not found');
    const opening = readOpening(form);
    if ('wrong' in opening) return refusal(400, opening.wrong);
    const [id, before] = idsOf(request, form, admitted.key);
    const there = await tickets.byPublicId(town.id, publicIdOf(before));
    if (there) return opened(there);
    const source = { id, channel: 'open311', key: `key:${admitted.key.prefix}` };
    const ticket = draftFrom({ ...opening, topic }, town, source, { now: clock(), calendar });
    if (Array.isArray(ticket)) return refusal(400, ...ticket.map(faultText));
    await tickets.open(ticket);
    return opened(ticket);
  }

  function opened({ id, reference }: Ticket): Said {
    const facts = [{ service_request_id: publicIdOf(id), service_notice: reference, account_id: null }];
    return listed('service_requests', 'request', facts, facts, 201);
  }

  /**
   * The protocol gives a call no name of its own, so a program that heard no answer sends it again: the same words of the same
   * program within the hour are the same request. A program that knows better says `Idempotency-Key`.
   */
  function idsOf(
    { headers }: IncomingMessage,
    form: Map<string, string>,
    { town, prefix }: ApiKey,
  ): [id: string, before: string] {
    const named = headers['idempotency-key'];
    const said = [...form].filter(([name]) => name !== 'api_key').sort(([one], [other]) => (one < other ? -1 : 1));
    const words = JSON.stringify([town, prefix, named ?? said]);
    const hash = createHash('sha256').update(words).digest('hex').slice(0, 32);
    const hour = Math.floor(clock().getTime() / HOUR_MS);
    return named ? [`open311:${hash}#1`, `open311:${hash}#1`] : [`open311:${hash}-${hour}#1`, `open311:${hash}-${hour - 1}#1`];
  }

  const topicOf = (town: Town, { topic }: Ticket): Topic | undefined => towns.topic(town.id, topic);

  async function find(town: Town, id: string, seesAll: boolean): Promise<Ticket | null> {
    const ticket = await tickets.byPublicId(town.id, id);
    return ticket && (seesAll || isPublished(town, topicOf(town, ticket))) ? ticket : null;
  }

  async function search(town: Town, query: ListQuery, seesAll: boolean): Promise<Ticket[]> {
    if (query.ids) {
      const found = await Promise.all(query.ids.map((id) => find(town, id, seesAll)));
      return found.flatMap((ticket) => ticket ?? []);
    }
    const topics = services(town)
      .filter((topic) => seesAll || isPublished(town, topic))
      .filter(({ id }) => query.services?.includes(id) ?? true)
      .map(({ id }) => id);
    const last = query.page * query.pageSize;
    const states = TICKET_STATES.filter((state) => query.statuses.includes(isOpen({ state }) ? 'open' : 'closed'));
    const found = await tickets.openedWithin({ town: town.id, topics, states, from: query.from, to: query.to }, last);
    return found.slice(last - query.pageSize);
  }

  const show = (town: Town, found: Ticket[]) =>
    listed(
      'service_requests',
      'request',
      found.map((ticket) => presentRequest(ticket, topicOf(town, ticket), town)),
    );

  async function list(asked: Asked): Promise<Said> {
    const query = readList(asked.form, clock());
    if ('wrong' in query) return refusal(400, query.wrong);
    return show(asked.town, await search(asked.town, query, await maySeeAll(asked)));
  }

  async function one(asked: Asked, id: string): Promise<Said> {
    const ticket = await find(asked.town, id, await maySeeAll(asked));
    return ticket ? show(asked.town, [ticket]) : refusal(404, 'service_request_id was not found');
  }

  /** Requests have their id at once, so a token is the id itself. */
  async function token({ town }: Asked, id: string): Promise<Said> {
    const ticket = await tickets.byPublicId(town.id, id);
    if (!ticket) return refusal(404, 'token was not found');
    return listed('service_requests', 'request', [{ service_request_id: publicIdOf(ticket.id), token: id }]);
  }

  function discover(): Said {
    const formats = ['text/xml', 'application/json'];
    const endpoint = { specification: SPECIFICATION, url: `${publicUrl()}${BASE}`, changeset, type: 'production' };
    const { contact = '', url = '' } = towns.list()[0]?.privacy ?? {};
    const facts = { changeset, contact, key_service: url };
    const inXml = { ...endpoint, formats: within('format', formats) };
    return {
      status: 200,
      json: { ...facts, endpoints: [{ ...endpoint, formats }] },
      xml: { discovery: { ...facts, endpoints: within('endpoint', [inXml]) } },
    };
  }

  const get = (path: string, handle: Route['handle']): Route => ({ caller: 'anyone', method: 'get', path, body: 'none', handle });

  /** A path with an id at its end, and the form after the id. */
  const named = (path: string, answering: (asked: Asked, name: string) => Said | Promise<Said>): Route =>
    get(`${BASE}/${path}/:name`, async (exchange) => {
      const found = formatOf(exchange.params.name ?? '');
      const answer = found
        ? await hear(exchange, readForm(exchange.query), (asked) => answering(asked, found.name))
        : refusal(404, 'Ask for .xml or .json');
      send(exchange.response, found?.format ?? 'xml', answer);
    });

  return [
    ...FORMATS.flatMap((format): Route[] => {
      const asking = (path: string, answering: Answering) =>
        get(`${BASE}/${path}.${format}`, async (exchange) =>
          send(exchange.response, format, await hear(exchange, readForm(exchange.query), answering)),
        );
      const discovery: Route['handle'] = async ({ response }) => send(response, format, discover());
      return [
        get(`/open311/discovery.${format}`, discovery),
        get(`${BASE}/discovery.${format}`, discovery),
        asking('services', listServices),
        asking('requests', list),
        {
          caller: 'program',
          method: 'post',
          path: `${BASE}/requests.${format}`,
          body: 'form',
          async handle(exchange) {
            const { request, response, rawBody } = exchange;
            const fields = await readFields(request.headers['content-type'] ?? '', rawBody);
            if (!fields)
              return send(response, format, refusal(400, 'Send application/x-www-form-urlencoded or multipart/form-data'));
            const body = readForm(fields);
            const inAddress = readForm(exchange.query);
            send(response, format, await hear(exchange, body && inAddress && new Map([...inAddress, ...body]), open));
          },
        },
      ];
    }),
    named('services', define),
    named('requests', one),
    named('tokens', token),
  ];
}
