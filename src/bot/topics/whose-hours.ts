/**
 * Whose hours, address or number are asked for: 'is the library open on Sunday?', 'and on Monday?', 'when does it close?'
 * after an answer about the pool. The town hall's own are told only where it is the town hall that is meant.
 */
import { serviceNamed, type Talk } from '../../dialogs';
import { countWords } from '../../domain/language/words';
import type { Topic } from '../../domain/topic/topic';
import type { Service } from '../../domain/town';
import { type AskedDays, datesAsked, daysAsked, isFresh } from './hours';

const SHORT = 7;
/** 'And what about the day after?' */
const LEANING = 6;
/** Beside a day, words no longer than this say nothing of their own: 'et', 'le', 'and'. */
const LONGEST_FILLER = 4;
/** 'Le', 'on', where nothing says that the words lean on what was answered. */
const LONGEST_ARTICLE = 2;
const SURELY_ELSE = 0.8;
const SURE_OF_DETAIL = 0.5;
const LIKELY = 0.25;
/** '9 h', '5 pm', '10:30', or the hours of a service. */
const TIMES = /\d\s?(?:h|am|pm)(?!\p{L})|\d:\d\d|\{hours_/iu;

export type Whose =
  | { kind: 'service'; service: Service }
  /** A detail of the topic last answered says it. */
  | { kind: 'detail'; topic: Topic; detail: string }
  /** Not the town's office: it was said whose it is, and nothing is known of its hours. */
  | { kind: 'elsewhere'; topic: Topic };

/** Whether a topic tells the hours of the front desk: what a question about hours is heard as, whoever's they are. */
export function tellsFrontDesk(talk: Talk, topic: Topic): boolean {
  return topic.service === talk.town.frontDesk && Object.values(topic.answer ?? {}).some((text) => text.includes('{hours_'));
}

/**
 * Null: the front desk's, as the topic says them.
 * @param isOfHours false: where it is, or how it is called.
 */
export async function whoseIsAsked(talk: Talk, isOfHours: boolean): Promise<Whose | null> {
  const { memory, town } = talk;
  const named = await officeNamed(talk);
  if (named) return named.id === town.frontDesk ? null : { kind: 'service', service: named };
  const last = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  if (!last || !isFresh(talk)) return null;
  if (last.kind === 'elsewhere') return talk.means('here') ? null : { kind: 'elsewhere', topic: last };
  if (!isOfHours && talk.means('here')) return null;
  const id = memory.hours?.service ?? last.service;
  if (tellsFrontDesk(talk, last)) return id && id !== town.frontDesk ? { kind: 'service', service: talk.service(id) } : null;
  const detail = isOfHours ? ((await hoursAskedOf(talk, last)) ?? (await hoursDetail(talk, last))) : null;
  if (detail) return { kind: 'detail', topic: last, detail };
  return id && id !== town.frontDesk ? { kind: 'service', service: talk.service(id) } : null;
}

/** The detail that the words are about, where it tells times: 'and in the holidays?'. */
async function hoursAskedOf(talk: Talk, topic: Topic): Promise<string | null> {
  const asked = await talk.followUp(topic.id);
  const detail = topic.details?.find(({ id }) => id === asked?.detail);
  return detail && asked && asked.confidence >= SURE_OF_DETAIL && TIMES.test(talk.local(detail.answer)) ? detail.id : null;
}

/** Which detail of a topic tells its hours: the pool's are not those of the office that runs it. */
export async function hoursDetail(talk: Talk, topic: Topic): Promise<string | null> {
  const asked = await (await talk.about(talk.t('hours.asked'))).followUp(topic.id);
  const detail = topic.details?.find(({ id }) => id === asked?.detail);
  return detail && TIMES.test(talk.local(detail.answer)) ? detail.id : null;
}

/** 'And tomorrow?', 'is it open at half past five?' after an answer that told no hours of an office. */
export async function asksOfAnotherDay(talk: Talk): Promise<'alone' | 'perhaps' | null> {
  if (talk.memory.hours || !isFresh(talk) || countWords(talk.text) > LEANING || (await namesElse(talk))) return null;
  if ((await daysAsked(talk)).days.length === 0) return null;
  if (await isDayAlone(talk)) return 'alone';
  // It sounds like the town hall's hours, and may be about what was just answered.
  const [top] = talk.heard.intents;
  const isOfHours = top !== undefined && talk.heard.zone !== 'none' && isOfFrontDesk(talk, top.topic);
  return isOfHours && !serviceNamed(talk, talk.text) && !talk.means('here') ? 'perhaps' : null;
}

/** 'When does it close?' after an answer: likely enough about hours, where something is spoken of that has some. */
export async function perhapsHours(talk: Talk): Promise<boolean> {
  const [top] = talk.heard.intents;
  const isLikely = top !== undefined && top.confidence >= LIKELY && isOfFrontDesk(talk, top.topic);
  // 'The number of the municipal police', from whoever asked nothing before.
  if (isLikely && talk.means('reach') && (await officeNamed(talk))) return true;
  return (
    talk.memory.lastTopic !== undefined && isFresh(talk) && isLikely && talk.means('reach') && countWords(talk.text) <= SHORT
  );
}

/** 'And on Sunday?', 'and the library?' after hours were told: whose, and of which days; null for anything else. */
export async function hoursLeaningOn(talk: Talk): Promise<{ service: Service; asked: AskedDays } | null> {
  const { memory, heard } = talk;
  if (!memory.hours || !memory.lastTopic || !isFresh(talk) || countWords(talk.text) > SHORT) return null;
  const [top] = heard.intents;
  const isQuestion = heard.zone === 'act' && top !== undefined && isOfFrontDesk(talk, top.topic);
  const service = isQuestion ? undefined : await officeNamed(talk);
  const asked = await daysAsked(talk);
  const leaning = await talk.followUp(memory.lastTopic);
  if (service) {
    if (!leaning || (isAboutElse(talk) && !leaning.isOpened)) return null;
    return { service, asked: asked.days.length > 0 ? asked : { ...asked, days: memory.hours.days } };
  }
  if (asked.days.length === 0 || (await namesElse(talk))) return null;
  if (!leaning && !(await isDayAlone(talk))) return null;
  return { service: talk.service(memory.hours.service), asked };
}

/** 'A fine for noise at night' is no question about hours. */
function isAboutElse(talk: Talk): boolean {
  const { memory, heard } = talk;
  const [top] = heard.intents;
  const isSure = heard.zone === 'act' && top !== undefined && top.confidence >= SURELY_ELSE;
  return isSure && top.topic !== memory.lastTopic && !isOfFrontDesk(talk, top.topic);
}

/** 'Is the tip open on Sunday' is about the tip; 'and the day after?' names nothing else, whatever phrases it stands in. */
async function namesElse(talk: Talk): Promise<boolean> {
  if (!isAboutElse(talk)) return false;
  const leaning = await talk.followUp(talk.memory.lastTopic ?? '');
  return (await wordsBesideDays(talk, leaning?.isOpened ? LONGEST_FILLER : LONGEST_ARTICLE)).length > 0;
}

function isOfFrontDesk(talk: Talk, id: string): boolean {
  const topic = talk.topic(id);
  return topic !== undefined && tellsFrontDesk(talk, topic);
}

/** The service that is named; a building elsewhere in the town that goes by its name (the pool) has hours of its own. */
async function officeNamed(talk: Talk): Promise<Service | undefined> {
  const service = serviceNamed(talk, talk.text);
  if (!service) return undefined;
  const { place } = await talk.entities();
  const isElsewhere = place?.landmark && place.street && !service.address?.toLowerCase().includes(place.street.toLowerCase());
  return isElsewhere ? undefined : service;
}

/** A day, or a part of one ('Tuesday morning'), and hardly a word beside it. */
async function isDayAlone(talk: Talk): Promise<boolean> {
  const { dates } = await datesAsked(talk);
  return (await wordsBesideDays(talk, LONGEST_FILLER)).length <= dates.filter(({ part }) => part).length;
}

/** The words longer than so many letters that stand beside the days of a message. */
async function wordsBesideDays(talk: Talk, letters: number): Promise<string[]> {
  const { dates } = await datesAsked(talk);
  const beside = dates.reduce((text, date) => text.replace(date.text, ' '), talk.text);
  return beside.split(/\P{L}+/u).filter((word) => word.length > letters);
}
