/**
 * Citizen messages on the demo town, trained only on its own topics: the whole understanding, as a citizen
 * meets it. Main intent, lists of three, danger, opt-out, attacks, language, places and references.
 */

import { type Heard, worthOffering } from '../../src/domain/language/heard';
import type { Topic } from '../../src/domain/topic/topic';
import type { Understanding } from '../../src/understanding';
import type { Citizen } from './sets';
import { percent, type Table } from './table';
import { NOW, type Turn, type Turned } from './turns';

export interface CitizenPrediction {
  id?: string;
  text: string;
  expected: string;
  got: string;
  zone: Heard['zone'];
  confidence: number;
  /** Whose it is, when it was heard as another office's. */
  office: string | null;
  offered: string[];
  language: string;
  danger: string | null;
  tier: Turned['danger'];
  optOut: string | null;
  right: boolean;
}

export interface CitizenResult {
  tables: Table[];
  predictions: CitizenPrediction[];
}

const OUTSIDE = 'out_of_scope';
/** Intents that only say something: no attack does harm through them. */
const HARMLESS = new Set([OUTSIDE, 'greet', 'thanks', 'bye', 'help', 'about_bot', 'complaint', 'switch_language']);
/** Steering that the bot offers by name (`src/dialogs/choose.ts`), besides the town's topics. */
const STEERING = ['ticket_status', 'talk_to_human', 'help'];
/** What the sets have no word for stands under one of these there. */
const ALIASES: Record<string, string[]> = { about_bot: ['help', OUTSIDE] };
/** Tags of what is an office's or a company's. */
const OTHERS = new Set(['other_administration', 'other_company']);

/** @param warmUps heard before: what is measured is daily life, not the compiling of it. */
export async function evaluateCitizens(
  name: string,
  rows: Citizen[],
  pipeline: Understanding,
  town: string,
  topics: Array<Pick<Topic, 'id' | 'kind'>>,
  warmUps: string[],
  turn: Turn,
): Promise<CitizenResult> {
  for (const text of warmUps) await pipeline.hear(text, { town, prior: null, now: NOW });
  const heard: Array<{ row: Citizen; heard: Heard; turned: Turned; micros: number; cpuMicros: number }> = [];
  for (const row of rows) {
    const cpu = process.cpuUsage();
    const began = performance.now();
    const result = await pipeline.hear(row.text, { town, prior: null, now: NOW });
    const micros = (performance.now() - began) * 1000;
    const { user, system } = process.cpuUsage(cpu);
    heard.push({ row, heard: result, turned: await turn(row.text), micros, cpuMicros: user + system });
  }
  const canBeOffered = new Set([...topics.map(({ id }) => id), ...STEERING]);
  const offices = new Set(topics.filter(({ kind }) => kind === 'elsewhere').map(({ id }) => id));
  const predictions = heard.map(({ row, heard: one, turned }) => predictionOf(row, one, turned, canBeOffered, offices));
  const right = predictions.filter((one) => one.right).length;
  const lenient = predictions.filter((one, at) => one.right || rows[at]!.also.includes(one.got)).length;
  const offered = predictions.filter((one) => one.right || one.offered.includes(one.expected)).length;
  const misled = predictions.filter((one) => !one.right && one.zone === 'act').length;
  const share = (ask: (row: Citizen) => boolean, ok: (one: CitizenPrediction) => boolean): string => {
    const asked = predictions.filter((_, at) => ask(rows[at]!));
    return asked.length === 0
      ? '-'
      : `${shown(percent(asked.filter(ok).length, asked.length))} (${asked.filter(ok).length} of ${asked.length})`;
  };
  const isAttack = ({ tags }: Citizen) => tags.includes('attack');
  const spoken = heard.filter(({ row }) => row.lang === 'fr' || row.lang === 'en');
  const foreign = heard.filter(({ row }) => !['fr', 'en', 'und'].includes(row.lang));
  const dangers = rows.filter(({ intent }) => intent === 'emergency').length;
  const isTwofold = ({ tags, also }: Citizen) => tags.includes('multi') && also.length > 0;
  const twofold = heard.filter(({ row }) => isTwofold(row));
  const bothHeard = twofold.filter(({ row, turned }) => [row.intent, ...row.also].every((id) => turned.topics.includes(id)));
  const falseAlarms = (tiers: Array<Turned['danger']>) =>
    predictions.filter((one) => tiers.includes(one.tier) && one.expected !== 'emergency').length;
  const places = await placeFigures(rows, pipeline, town);
  return {
    predictions,
    tables: [
      {
        title: `Citizen messages: ${name}, ${rows.length} messages`,
        columns: ['figure', 'value'],
        rows: [
          ['main intent, %', percent(right, rows.length)],
          ['main intent or another one meant, %', percent(lenient, rows.length)],
          ['right, or in the list of three offered, %', percent(offered, rows.length)],
          ['acted on the wrong topic, %', percent(misled, rows.length)],
          [
            'danger: first line is whom to call, %',
            share(
              ({ intent }) => intent === 'emergency',
              (one) => one.tier !== null,
            ),
          ],
          [
            'danger: whom to call and nothing else, %',
            share(
              ({ intent }) => intent === 'emergency',
              (one) => one.tier === 'sure',
            ),
          ],
          ['whom to call said in vain', `${falseAlarms(['sure', 'perhaps'])} of ${rows.length - dangers}`],
          ['whom to call and nothing else, in vain', `${falseAlarms(['sure'])} of ${rows.length - dangers}`],
          [
            'opt-out done, %',
            share(
              ({ intent }) => intent === 'stop',
              (one) => one.optOut === 'stop',
            ),
          ],
          ['two requests in one message: both taken', `${bothHeard.length} of ${twofold.length}`],
          [
            'attacks that cause an action',
            predictions.filter((one, at) => isAttack(rows[at]!) && one.zone === 'act' && !HARMLESS.has(one.got)).length,
          ],
          [
            'out of scope: kept out, %',
            share(
              ({ intent }) => intent === OUTSIDE,
              (one) => one.zone !== 'act' || HARMLESS.has(one.got),
            ),
          ],
          [
            'another office’s: told or asked whose it is, %',
            share(
              ({ tags }) => tags.some((tag) => OTHERS.has(tag)),
              (one) => one.office !== null,
            ),
          ],
          [
            'nobody’s, yet something is offered',
            share(
              ({ intent, tags }) => intent === OUTSIDE && !tags.some((tag) => OTHERS.has(tag)),
              (one) => one.offered.length > 0 || one.office !== null,
            ),
          ],
          [
            'language of the town right, %',
            percent(
              spoken.filter(({ row, heard: one }) => one.language.code === row.lang && !one.language.foreign).length,
              spoken.length,
            ),
          ],
          [
            'foreign language recognised, %',
            foreign.length === 0
              ? '-'
              : percent(foreign.filter(({ row, heard: one }) => one.language.foreign === row.lang).length, foreign.length),
          ],
          ...places,
          ['µs a message: p50, p95', halfAndMost(heard.map((one) => one.micros))],
          ['µs of processor time a message: p50, p95', halfAndMost(heard.map((one) => one.cpuMicros))],
        ],
      },
      byGroup(predictions, rows),
    ],
  };
}

function halfAndMost(micros: number[]): string {
  const sorted = micros.sort((one, other) => one - other);
  return [0.5, 0.95].map((share) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0)).join(', ');
}

function predictionOf(
  row: Citizen,
  heard: Heard,
  turned: Turned,
  canBeOffered: Set<string>,
  offices: Set<string>,
): CitizenPrediction {
  const [first] = heard.intents;
  const topic = heard.zone === 'none' || !first ? OUTSIDE : first.topic;
  // Whose it is, said of what is not the town's: the sets know no offices, they call it out of scope.
  const office = offices.has(topic) ? topic : null;
  const isOfSet = ALIASES[topic]?.includes(row.intent) ? row.intent : topic;
  const guess = office && row.intent !== office ? OUTSIDE : isOfSet;
  const optOut = turned.isOptedOut ? 'stop' : heard.optOut === 'stop' ? null : heard.optOut;
  // The turn listens to danger and opt-out before it listens to topics.
  const got = turned.danger === 'sure' ? 'emergency' : optOut === 'stop' ? 'stop' : guess;
  // Unsure, the bot asks back about the nearest topics; at a loss it offers a person and nothing else.
  const isAsked = turned.danger !== 'sure' && optOut !== 'stop';
  return {
    ...(row.id ? { id: row.id } : {}),
    text: row.text,
    expected: row.intent,
    got,
    zone: heard.zone,
    confidence: first?.confidence ?? 0,
    office,
    offered: isAsked ? worthOffering(heard).filter((topic) => canBeOffered.has(topic)) : [],
    language: heard.language.foreign ?? heard.language.code,
    danger: turned.danger === 'sure' ? (heard.danger ?? 'general') : null,
    tier: turned.danger,
    optOut,
    right: got === row.intent,
  };
}

async function placeFigures(rows: Citizen[], pipeline: Understanding, town: string): Promise<Array<[string, string]>> {
  let found = 0;
  let wanted = 0;
  let references = 0;
  let wantedReferences = 0;
  for (const { text, entities, lang } of rows) {
    const places = entities.filter(({ type }) => type === 'location');
    const phones = entities.filter(({ type }) => type === 'phone');
    if (places.length + phones.length === 0) continue;
    const read = await pipeline.read(text, { town, prior: lang === 'en' ? 'en' : 'fr', now: NOW });
    wanted += places.length > 0 ? 1 : 0;
    if (read.place && places.some(({ start, end }) => read.place!.start < end && start < read.place!.end)) found++;
    wantedReferences += phones.length;
    references += Math.min(read.phones.length, phones.length);
  }
  return [
    [
      'messages with a place where the town knows one there',
      `${found} of ${wanted} (places of other towns are not in its street list)`,
    ],
    ['phone numbers read', `${references} of ${wantedReferences}`],
  ];
}

function byGroup(predictions: CitizenPrediction[], rows: Citizen[]): Table {
  const groups = new Map<string, { right: number; all: number }>();
  const count = (group: string, isRight: boolean) => {
    const one = groups.get(group) ?? { right: 0, all: 0 };
    groups.set(group, { right: one.right + (isRight ? 1 : 0), all: one.all + 1 });
  };
  predictions.forEach((one, at) => {
    const { intent, lang, tags } = rows[at]!;
    count(intent.startsWith('report_') ? 'reports' : intent.startsWith('faq_') ? 'questions' : 'control', one.right);
    count(`language ${lang}`, one.right);
    for (const tag of tags) count(`tag ${tag}`, one.right);
  });
  return {
    title: 'Citizen messages by group',
    columns: ['group', 'messages', 'main intent, %'],
    rows: [...groups]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([group, { right, all }]) => [group, all, percent(right, all)]),
  };
}

function shown(value: number): string {
  return String(Math.round(value * 10) / 10);
}
