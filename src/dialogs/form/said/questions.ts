/**
 * Questions inside a form: how long it takes, who does it, what it costs, what happens next, why something is asked. They are
 * answered from what the town has set, and the form's question is put again. What nobody here knows is passed on with the
 * request only where the citizen wants it.
 */
import { countWords, keyWords, typedWords } from '../../../domain/language/words';
import { sentencesOf, tellsPrice } from '../../../domain/topic/answer-sentences';
import { type Field, FOR_A_PERSON, type Topic } from '../../../domain/topic/topic';
import type { Talk } from '../../dialog';
import { isAsked, isBare, isTelling, wantsToSend } from '../details';
import { type FormData, SUMMARY } from '../form-data';
import { whoseIs } from '../whose';
import { isDetailOf } from './named-choices';

/** Of several that a sentence is like, the first is meant. */
const KINDS = ['why-asked', 'who-does', 'what-next', 'when-done', 'asks-price'] as const;
type Kind = (typeof KINDS)[number];

const LONGEST = 14;
const LONGEST_PUZZLED = 8;
/** 'Is it free?': no longer words of a price ask for nothing else. */
const SHORTEST_PRICE = 3;
/** Dialogs that ask the questions of a form. */
const ASKING: ReadonlySet<string> = new Set(['form', 'person']);
/** Longer words are more than an answer to a form. */
const LONGEST_ANSWER = 8;
/** So many words at the beginning show that it is a question, where it has no sign of one. */
const FIRST_WORDS = 4;
/** Of a question that goes with the request. */
const FEWEST_WORDS = 2;
/** Longer words that are so surely about another topic ask about that one: 'how much is a passport?' */
const LEANING = 5;
const SURE_OF_OTHER = 0.8;
const SENTENCE = /(?<=[.!?;\n])\s+/u;

/** What a message asks of the form, and what it says beside that. */
export interface AskedInForm {
  kind: Kind;
  rest: string;
}

/** A question of one of these kinds that is the whole message, or one of its sentences. */
export async function askedInForm(talk: Talk, data: FormData): Promise<AskedInForm | null> {
  if (talk.text === '' || talk.activity.attachments?.length) return null;
  // Who does not understand is told what is asked for, or what comes next.
  if (isPuzzled(talk)) return { kind: data.at === SUMMARY ? 'what-next' : 'why-asked', rest: '' };
  // 'Will you keep me updated?' asks what a number to call is for.
  if (talk.means('told-how') && isAsked(talk) && countWords(talk.text) <= LONGEST) return { kind: 'why-asked', rest: '' };
  if (!KINDS.some((kind) => talk.means(kind))) return null;
  const sentences = talk.text.split(SENTENCE).filter(Boolean);
  for (const [at, sentence] of sentences.entries()) {
    const kind = kindOf(sentences.length === 1 ? talk : await talk.about(sentence), data);
    // 'Thank you.' beside it asks for nothing.
    const others = sentences.filter((each, other) => other !== at && !talk.means('courtesies', each));
    if (kind) return { kind, rest: others.join(' ') };
  }
  return null;
}

/** 'What photo?', 'I don't understand': of what was asked. */
function isPuzzled(talk: Talk): boolean {
  return talk.means('puzzled') && countWords(talk.text) <= LONGEST_PUZZLED;
}

function kindOf(talk: Talk, data: FormData): Kind | null {
  const words = countWords(talk.text);
  const kind = KINDS.find((each) => talk.means(each));
  if (!kind || words > LONGEST) return null;
  const [top] = talk.heard.intents;
  const isOther = talk.heard.zone === 'act' && top && top.topic !== data.topic && top.confidence >= SURE_OF_OTHER;
  if (isOther && talk.topic(top.topic) && (words > LEANING || namesMore(talk, kind))) return null;
  if (/\?\s*$/.test(talk.text)) return kind;
  const first = typedWords(talk.text).slice(0, FIRST_WORDS).join(' ');
  const isQuestion = kind !== 'asks-price' || talk.means('question', first) || talk.means('asking', first);
  return isQuestion && talk.means(kind, first) ? kind : null;
}

/** 'How much is a passport': more than the question, and what it is about. */
function namesMore(talk: Talk, kind: Kind): boolean {
  const tells = isTelling(talk);
  return keyWords(talk.text).some((word) => tells(word) && talk.counts(kind, word) === 0);
}

/** The answer, or null where the town has set nothing of it. */
export function answerInForm(talk: Talk, topic: Topic, data: FormData, kind: Kind, field: Field | undefined): string | null {
  const { service } = whoseIs(talk, topic, data);
  const reach = [service.phone, service.email].filter(Boolean).join(', ');
  const delay = topic.delayDays ? talk.t('form.delay', { count: topic.delayDays }) : talk.t('form.delay-unknown');
  switch (kind) {
    case 'when-done':
      return talk.t('form.asked.when', { delay });
    case 'who-does':
      return talk.t('form.asked.who', { service: talk.named(service), reach });
    case 'what-next':
      return talk.t('form.asked.next', { service: talk.named(service), delay });
    case 'asks-price':
      return priceIn(talk, topic) ?? freeOf(talk, topic);
    case 'why-asked':
      return field ? whyAsked(talk, field) : null;
  }
}

/** The sentence of what the topic says that tells a price. */
function priceIn(talk: Talk, topic: Topic): string | null {
  const texts = [topic.answer, ...(topic.details ?? []).map(({ answer }) => answer)].map((text) => talk.local(text));
  // What stands in braces is filled in where answers are told, and not here.
  const sentences = texts.flatMap(sentencesOf).filter((sentence) => !sentence.includes('{'));
  return sentences.find((sentence) => tellsPrice(sentence) > 0) ?? null;
}

/** Nobody pays for telling the town of a hole in the road; what something else costs is not known here. */
function freeOf(talk: Talk, topic: Topic): string | null {
  const tells = isTelling(talk);
  const isElse = keyWords(talk.text).some(
    (word) => tells(word) && talk.counts('asks-price', word) + talk.counts('follow', word) + talk.counts('question', word) === 0,
  );
  const isShort = countWords(talk.text) <= SHORTEST_PRICE;
  return topic.kind === 'report' && topic.id !== FOR_A_PERSON && (isShort || !isElse) ? talk.t('form.asked.free') : null;
}

function whyAsked(talk: Talk, field: Field): string {
  // 'Why do you need my number?', asked at another question.
  const isContact = field.kind !== 'contact' && (talk.means('own-contact') || talk.means('told-how'));
  const kind = isContact ? 'contact' : ['file', 'contact', 'place'].includes(field.kind) ? field.kind : 'other';
  const optional = field.required || isContact ? '' : ` ${talk.t('form.why.optional')}`;
  return `${talk.t(`form.why.${kind}`)}${optional}`;
}

/** A question that nobody here can answer: whether it goes with the request is asked. */
export function offersToPassOn(talk: Talk, data: FormData): boolean {
  // '???' and 'what?' ask nothing that could be passed on: the form's question is put again.
  if (keyWords(talk.text).length < FEWEST_WORDS || !isAsked(talk)) return false;
  data.question = talk.text;
  askToPassOn(talk);
  return true;
}

export function askToPassOn(talk: Talk): void {
  talk.say(talk.t('form.no-answer'), { choices: [{ title: talk.t('form.pass-on') }, { title: talk.t('no') }] });
}

/** Yes or no to that; false where something else was said: the question stays out of the request. */
export async function hearPassOn(talk: Talk, data: FormData): Promise<boolean> {
  const { question } = data;
  if (question === undefined) return false;
  delete data.question;
  const { yesNo } = await talk.entities();
  const isYes = talk.means('pass-question') || yesNo === 'yes';
  if (!isYes && yesNo !== 'no') return false;
  if (isYes) {
    data.said.push(question);
    talk.say(talk.t('form.passed-on'));
  }
  return true;
}

function heldForm({ memory }: Talk): FormData | undefined {
  const top = memory.dialogs.at(-1);
  return top?.dialog === 'form' ? (top.data as unknown as FormData) : undefined;
}

/** A question that nothing else took, in the middle of a form: whether it goes with the request is what the form asks next. */
export function holdsQuestion(talk: Talk): boolean {
  const held = heldForm(talk);
  if (!held || !isAsked(talk)) return false;
  held.question = talk.text;
  return true;
}

/** Whether the form that is held answers this question itself, or is sent by these words, whatever else they sound like. */
export async function isForForm(talk: Talk): Promise<boolean> {
  if (isPuzzled(talk) && ASKING.has(talk.memory.dialogs.at(-1)?.dialog ?? '')) return true;
  const held = heldForm(talk);
  if (held?.at === SUMMARY && talk.means('all-right')) return true;
  return held !== undefined && ((await askedInForm(talk, held)) !== null || wantsToSend(talk) || talk.means('wrong-place'));
}

/** Whether words are plainly for the form that is held: 'send it', 'skip', 'will you send somebody?'. */
export async function answersForm(talk: Talk): Promise<boolean> {
  const held = heldForm(talk);
  if (!held || countWords(talk.text) > LONGEST_ANSWER) return false;
  if (wantsToSend(talk) || talk.means('no-contact') || isDetailOf(talk, held.topic)) return true;
  return (await isBare(talk)) || (await askedInForm(talk, held))?.rest === '';
}
