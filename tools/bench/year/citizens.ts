/**
 * Citizens of a simulated year: each writes by their own way, through the real front door, and answers what the bot asks as
 * somebody would who wants to get to the end. What came of it is what the citizen has in hand then.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { citizensPhone, SENDER } from '../carrier-link';
import { getText, post } from '../driver';
import type { DeskCaller } from './desk-caller';
import type { YearHall } from './hall';
import type { Contact } from './plan';

/** `none`: nothing at all, which is what must not be. */
export interface Outcome {
  kind: 'answer' | 'request' | 'follows' | 'person' | 'none';
  reference?: string;
  /** What they were told last, where that is nothing. */
  told?: string;
  /** How the citizen writes on about it. */
  voice?: VoiceOf;
}

export interface VoiceOf {
  way: 'web' | 'sms' | 'whatsapp';
  /** A phone; or a visitor's conversation and token. */
  address: string;
  token?: string;
}

export interface Voice {
  of: VoiceOf;
  /** What was answered to it; of an answer in two messages perhaps the first alone. */
  says(text: string): Promise<string>;
  /** What has come since, if anything. */
  later(): Promise<string>;
}

const REFERENCE = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/;
const MOST_STEPS = 9;
/** A carrier that did not say whether a message left is asked for fifteen seconds before it is sent again: late is not lost. */
const REPLY_MS = 60_000;
/** Each look waits longer than the one before: many write at the same time, and whoever looks takes time from whoever answers. */
const [FIRST_LOOK_MS, LONGEST_LOOK_MS] = [4, 40];

export async function openVoice(hall: YearHall, way: VoiceOf['way'], citizen: number): Promise<Voice> {
  const phone = citizensPhone(citizen);
  if (way === 'sms') return phoneVoice(hall, { way, address: phone });
  if (way === 'whatsapp') return phoneVoice(hall, { way, address: `whatsapp:${phone}` });
  const visitor = await post(hall.url, '/widget/bellerive/token', {}, { origin: hall.url });
  const headers = { authorization: `Bearer ${visitor.token}` };
  const opened = await post(hall.url, '/v3/directline/conversations', { locale: 'fr' }, headers);
  return webVoice(hall, { way, address: String(visitor.conversationId), token: String(opened.token) });
}

/** The same citizen later. */
export function voiceOf(hall: YearHall, of: VoiceOf): Voice {
  return of.way === 'web' ? webVoice(hall, of) : phoneVoice(hall, of);
}

function phoneVoice({ carrier, wrote }: YearHall, of: VoiceOf): Voice {
  const phone = of.way === 'sms' ? carrier.phone(of.address, SENDER) : carrier.phone(of.address);
  let read = phone.received().length;
  const next = () => {
    const since = phone.received().slice(read);
    read += since.length;
    return since.at(-1)?.text;
  };
  return {
    of,
    async says(text) {
      wrote(of.address);
      read = phone.received().length;
      const { status } = await phone.sends(text);
      if (status >= 300) throw new Error(`The webhook answered ${status}`);
      return until(next);
    },
    async later() {
      await pause(LONGEST_LOOK_MS);
      return next() ?? '';
    },
  };
}

interface Read {
  watermark?: string;
  activities: Array<{ text?: string; from: { role?: string }; replyToId?: string }>;
}

function webVoice({ url, wrote }: YearHall, of: VoiceOf): Voice {
  const path = `/v3/directline/conversations/${of.address}/activities`;
  const headers = { authorization: `Bearer ${of.token}` };
  let [watermark, asked] = ['', ''];
  const next = async () => {
    const since = watermark ? `?watermark=${watermark}` : '';
    const said = JSON.parse(await getText(url, `${path}${since}`, headers)) as Read;
    watermark = said.watermark ?? watermark;
    const mine = said.activities.filter(({ from, replyToId }) => from.role === 'bot' && replyToId === asked);
    return mine.map((activity) => activity.text ?? '').join('\n');
  };
  return {
    of,
    async says(text) {
      wrote(of.address);
      asked = String((await post(url, path, { type: 'message', text, locale: 'fr' }, headers)).id);
      return until(next);
    },
    async later() {
      await pause(LONGEST_LOOK_MS);
      return next();
    },
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(look: () => Promise<string | undefined> | string | undefined): Promise<string> {
  const end = performance.now() + REPLY_MS;
  for (let waits = FIRST_LOOK_MS; performance.now() < end; waits = Math.min(LONGEST_LOOK_MS, waits * 1.5)) {
    await pause(waits);
    const seen = await look();
    if (seen) return seen;
  }
  return '';
}

/** What a citizen says to what they were told, or null when they are at the end. */
function reply(told: string, { place = '', words, wish }: Contact): string | null {
  if (wish !== 'report' && wish !== 'person') return null;
  if (/Est-ce pour votre demande/.test(told)) return 'non';
  if (/Est-ce le même/.test(told)) return /même/.test(words) ? 'non' : 'oui';
  if (/OUI|Tout est juste/.test(told)) return 'oui';
  if (/Une photo aide[^\n]*facultatif/.test(told)) return 'passer';
  if (/Quels déchets/.test(told)) return 'des meubles';
  if (/Sur quel support/.test(told)) return 'un mur public';
  if (/Est-ce dans un logement/.test(told)) return 'non';
  if (REFERENCE.test(told) && /enregistré|référence/i.test(told)) return null;
  if (/de quoi il s'agit|en quelques mots|quel est le sujet/i.test(told)) return words;
  if (/numéro|e-mail|contact/i.test(told)) return wish === 'person' ? '06 39 98 45 67' : 'sans contact';
  if (/adresse|Où /.test(told) && place) return place;
  if (/Quand un agent/.test(told)) return 'dès que possible';
  return null;
}

/** From the first word to the last. */
export async function converse(hall: YearHall, contact: Contact, about: string | undefined): Promise<Outcome> {
  const voice = await openVoice(hall, contact.way as VoiceOf['way'], contact.citizen);
  let text = firstWords(contact, about);
  let told = '';
  for (let step = 0; step < MOST_STEPS; step += 1) {
    told = await voice.says(text);
    const outcome = outcomeOf(told, contact);
    if (outcome) return { ...outcome, voice: voice.of };
    const next = reply(told, contact) ?? reply(await voice.later(), contact);
    if (next === null) break;
    text = next;
  }
  if (contact.wish === 'report' || contact.wish === 'person' || told === '') return { kind: 'none', voice: voice.of, told };
  return { kind: 'answer', voice: voice.of };
}

function firstWords({ wish, words, place }: Contact, about: string | undefined): string {
  if (wish === 'person') return 'je veux parler à une personne';
  if (wish === 'status') return about ? `suivi ${about}` : 'à quelle heure ouvre la mairie ?';
  return place ? `${words} devant le ${place}` : words;
}

function outcomeOf(told: string, { wish }: Contact): Outcome | null {
  const reference = REFERENCE.exec(told)?.[0];
  if (/prévenue? de la suite|mêmes nouvelles/.test(told)) return { kind: 'follows' };
  if (wish === 'status' && told !== '') return { kind: 'answer' };
  if (reference && /enregistré|transmis|référence/i.test(told))
    return { kind: wish === 'person' ? 'person' : 'request', reference };
  if (/mets en relation|la personne qui vous répondra/i.test(told)) return { kind: 'person' };
  return null;
}

/** What a form still asks for, as the desk shows it. */
const Refused = z.object({
  error: z.object({
    reading: z.object({
      fields: z.array(
        z.object({ id: z.string(), isMissing: z.boolean(), choices: z.array(z.object({ label: z.string() })).optional() }),
      ),
    }),
  }),
});

/** A visit or a call is noted by somebody of the town hall, who asks what the form is missing and notes the answer. */
export async function noted(hall: YearHall, desk: DeskCaller, { id, way, words, wish, place }: Contact): Promise<Outcome> {
  hall.wrote(id);
  const isForService = wish === 'person' || wish === 'thanks' || wish === 'status';
  const note = async (answers: Record<string, string>) => {
    const contact = {
      ...{ actionId: randomUUID(), way, language: 'fr' },
      ...(isForService ? { words: 'Demande à être rappelé', service: 'accueil', answers: {} } : { words, answers }),
    };
    const answer = await desk.call('POST', 'contacts', contact);
    // Kept, and not opened yet: asked again under the same id, as the desk says.
    return answer.status === 503 ? desk.call('POST', 'contacts', contact) : answer;
  };
  const first: Record<string, string> = place ? { place } : {};
  let { status, body } = await note(first);
  const refused = status === 422 ? Refused.safeParse(body).data : undefined;
  if (refused) {
    const missing = refused.error.reading.fields.filter(({ isMissing }) => isMissing);
    const asked = missing.map(({ id: field, choices = [] }) => [field, choices[0]?.label ?? 'des rats'] as const);
    ({ status, body } = await note({ ...first, ...Object.fromEntries(asked) }));
  }
  if (status !== 201) return { kind: 'none', told: `${status} ${JSON.stringify(body).slice(0, 300)}` };
  const { ticket } = body as { ticket?: { reference: string } };
  if (!ticket) return { kind: 'answer' };
  return isForService ? { kind: 'person' } : { kind: 'request', reference: ticket.reference };
}
