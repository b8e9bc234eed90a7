/**
 * The services of a simulated year: what becomes of each request, and when. Taken, asked about, moved on, put together, resolved
 * in time or too late, refused; some citizens say that it is not repaired. Everything is done at the desk's own addresses.
 */
import { z } from 'zod';
import type { Calendar, Town } from '../../../src/domain/town';
import { type VoiceOf, voiceOf } from './citizens';
import type { DeskCaller } from './desk-caller';
import type { YearHall } from './hall';
import { chance, pick } from './plan';

const Detail = z.object({ state: z.string(), revision: z.number(), mergedInto: z.string().optional() });

const STEPS = ['take', 'ask', 'answer', 'route', 'merge', 'resolve', 'refuse', 'move', 'reopen'] as const;
type Step = (typeof STEPS)[number];

interface Planned {
  at: number;
  step: Step;
  reference: string;
  voice?: VoiceOf;
  /** Beside which one it is put. */
  into?: string;
  /** What the citizen will read of it. */
  mark: string;
}

export interface Worked {
  done: Record<Step, number>;
  /** Calls that the desk would not do, which none should be: step, status, code. */
  refused: string[];
}

export interface ServicesState {
  planned: Planned[];
  worked: Worked;
  marks: number;
  /** The last request with these words, to put another beside it. */
  last: Record<string, string>;
}

export function noServices(): ServicesState {
  const done = Object.fromEntries(STEPS.map((step) => [step, 0])) as Record<Step, number>;
  return { planned: [], worked: { done, refused: [] }, marks: 0, last: {} };
}

const HOUR = 3600_000;
/** Working time in which most requests are done with: five days of seven hours; less where fewer days are lived through. */
const USUAL = 35 * HOUR;
const DAYS_FOR_USUAL = 30;
const OPEN: readonly string[] = ['new', 'assigned', 'in-progress', 'waiting'];
const ENDS: Array<[Step, number]> = [
  ['resolve', 89],
  ['refuse', 4],
  ['move', 3],
  ['merge', 4],
];

export function createServices(
  hall: YearHall,
  desk: DeskCaller,
  town: Town,
  calendar: Calendar,
  state: ServicesState,
  days: number,
) {
  const frontDesk = town.services.find(({ id }) => id === town.frontDesk) as Town['services'][number];
  const usual = USUAL * Math.min(1, days / DAYS_FOR_USUAL);
  const inWork = (from: number, ms: number) => calendar.due(town, frontDesk, new Date(from), ms)?.getTime() ?? from + ms;

  function plan(at: number, step: Step, { reference, voice, into }: Pick<Planned, 'reference' | 'voice' | 'into'>): void {
    state.marks += 1;
    const one = { at, step, reference, voice, into, mark: `mot ${state.marks}` };
    const place = state.planned.findIndex((other) => other.at > at);
    state.planned.splice(place < 0 ? state.planned.length : place, 0, one);
  }

  /** A request has come in. */
  function hears(reference: string, voice: VoiceOf | undefined, words: string): void {
    const now = hall.now();
    const end = pick(ENDS, `end ${reference}`);
    const other = state.last[words];
    state.last[words] = reference;
    const of = { reference, voice: voice?.way === 'web' ? undefined : voice };
    const over = usual * (0.1 + chance(`over ${reference}`) * 1.2);
    plan(inWork(now, over * 0.4), 'take', of);
    if (chance(`route ${reference}`) < 0.04) plan(inWork(now, over * 0.2), 'route', of);
    if (of.voice && chance(`ask ${reference}`) < 0.06) plan(inWork(now, over * 0.6), 'ask', of);
    if (end === 'merge' && other) plan(inWork(now, over), 'merge', { ...of, into: other });
    else plan(inWork(now, over), end === 'merge' ? 'resolve' : end, of);
  }

  const detail = async (reference: string) => Detail.parse((await desk.call('GET', `tickets/${reference}`)).body);

  async function post(one: Planned, path: string, body: object): Promise<boolean> {
    const { status, body: answer } = await desk.call('POST', `tickets/${one.reference}/${path}`, body);
    if (status < 300) return true;
    const { error } = answer as { error?: { code?: string } };
    // Its citizen, or a reminder, was quicker: it is looked at anew.
    if (error?.code === 'changed') plan(hall.now(), one.step, one);
    else state.worked.refused.push(`${one.step} ${status} ${error?.code ?? ''}`);
    return false;
  }

  async function work(one: Planned): Promise<void> {
    const { step, reference, voice, mark } = one;
    const { state: stands, revision, mergedInto } = await detail(reference);
    const change = (to: string | undefined, words: string, more = {}) =>
      post(one, 'changes', { ...(to ? { state: to } : {}), words: `${words} (${mark})`, isPublic: true, revision, ...more });
    if (step === 'answer' || step === 'reopen') {
      if (!voice || (step === 'answer' ? stands !== 'waiting' : stands !== 'resolved')) return;
      const said = step === 'answer' ? `suivi ${reference}` : `ce n'est pas réparé ${reference}`;
      await voiceOf(hall, voice).says(said);
      if (step === 'answer') await voiceOf(hall, voice).says('oui, devant le portail');
      state.worked.done[step] += 1;
      // What still waits is gone on with all the same.
      if (step === 'reopen') plan(inWork(hall.now(), usual * 0.2), 'resolve', one);
      return;
    }
    if (!OPEN.includes(stands) || mergedInto) return;
    if (await act()) state.worked.done[step] += 1;

    async function act(): Promise<boolean> {
      switch (step) {
        case 'take':
          return stands === 'new' ? change('in-progress', 'Une équipe passera') : false;
        case 'ask': {
          if (stands === 'waiting' || !voice) return false;
          const isAsked = await change('waiting', 'Est-ce bien devant le portail ?');
          if (isAsked) plan(hall.now() + usual * chance(`answer ${reference}`), 'answer', one);
          return isAsked;
        }
        case 'route':
          return post(one, 'service', { service: frontDesk.id, reason: 'Pour suite à donner', revision });
        case 'merge': {
          const target = one.into ? await detail(one.into) : null;
          const mayJoin = target && !target.mergedInto && OPEN.includes(target.state);
          if (mayJoin) return post(one, 'merge', { into: one.into });
          return change('resolved', 'C’est réparé');
        }
        case 'refuse':
          return change('refused', 'Ce lieu est privé');
        case 'move':
          return change('moved', 'Cette route est départementale', { office: 'other_department' });
        default: {
          const isDone = await change('resolved', 'C’est réparé');
          if (isDone && voice && chance(`again ${mark}`) < 0.03) plan(inWork(hall.now(), usual * 0.5), 'reopen', one);
          return isDone;
        }
      }
    }
  }

  /** What waits for somebody of the town hall is answered, while it is open. */
  async function queue(): Promise<void> {
    if (!calendar.at(town, frontDesk, new Date(hall.now())).isOpen) return;
    const { body } = await desk.call('GET', 'conversations?list=queue');
    await inParts((body as { items?: Array<{ id: string }> }).items ?? [], AT_ONCE, async ({ id }) => {
      const path = `conversations/${encodeURIComponent(id)}/actions`;
      const act = (action: object) => desk.call('POST', path, { actionId: crypto.randomUUID(), ...action });
      await act({ kind: 'claim', beyondCapacity: true });
      await act({ kind: 'close', outcome: 'answered' });
    });
  }

  return {
    hears,
    /** All that is due by now. */
    async works(): Promise<number> {
      const { planned } = state;
      const count = planned.findIndex(({ at }) => at > hall.now());
      const due = planned.splice(0, count < 0 ? planned.length : count);
      // What is done to one request is done in its order, and not beside what is done to the one it is put with.
      const apart = due.filter(({ step }) => step === 'merge');
      const byRequest = new Map<string, Planned[]>();
      for (const one of due)
        if (one.step !== 'merge') byRequest.set(one.reference, [...(byRequest.get(one.reference) ?? []), one]);
      await inParts([...byRequest.values()], AT_ONCE, async (own) => {
        for (const one of own) await work(one);
      });
      for (const one of apart) await work(one);
      await queue();
      return due.length;
    },
  };
}

const AT_ONCE = 32;

/** So many at a time, in their order. */
export async function inParts<T>(all: T[], atOnce: number, one: (each: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < all.length) await one(all[next++] as T);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, lane));
}
