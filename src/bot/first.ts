/**
 * What is listened for before anything else, in any state and whoever holds the conversation:
 * words that opt out, and danger. Then, while a person holds it, silence.
 */
import {
  adviseInCase,
  answersForm,
  beginsAgain,
  comeBack,
  entryFor,
  hearAfterwards,
  hearDanger,
  isAnswer,
  isPosted,
  leave,
  placeOfDanger,
  putAside,
  recallDanger,
  rememberDoubt,
  type Talk,
} from '../dialogs';
import { toHubOf } from '../domain/desk/hub';
import { type DangerKind, dangerShown } from '../domain/language/danger';
import { countWords } from '../domain/language/words';
import { takeUp, unsent } from './cancelling';
import { begin, dialogOnTop } from './hold';
import { waiting } from './waiting';

/** Words that want no more messages, or want them again, on every channel (protocols.md 1.10). */
export async function optOut(talk: Talk): Promise<boolean> {
  const { heard, activity } = talk;
  // With Advanced Opt-Out the carrier has answered already: it is recorded, and nothing more is said.
  const byCarrier = activity.channelData?.optOut;
  const asked = typeof byCarrier === 'string' ? byCarrier.toLowerCase() : heard.optOut;
  if (asked === 'help' && byCarrier) return true;
  if (asked !== 'stop' && asked !== 'start') return false;
  // Whom to call comes before everything that was said of messages beside it.
  if (heard.danger && !byCarrier) return false;
  // 'Start' and 'resume' are also ways to begin something, on a page that writes to nobody, and to go on with a draft.
  if (asked === 'start' && (!isPosted(talk) || unsent(talk)) && (await talk.lookups.mayWrite())) {
    if (talk.memory.dialogs.length > 0 || unsent(talk) || countWords(talk.text) === 1) return false;
    talk.say(talk.t('stop.kept'));
    return true;
  }
  if (asked === 'stop' && !byCarrier) {
    leave(talk);
    return true;
  }
  if (asked === 'stop') {
    talk.act({ kind: 'recordConsent', given: false, words: talk.text.slice(0, 160) });
    putAside(talk);
    return true;
  }
  comeBack(talk, { isSilent: byCarrier !== undefined });
  if (!byCarrier) takeUp(talk);
  return true;
}

const SURE = 0.7;
/** What may be a wish to be left alone, heard as something vague. */
const VAGUE: ReadonlySet<string> = new Set([
  'stop',
  'complaint',
  'out_of_scope',
  'privacy_request',
  'help',
  'greet',
  'thanks',
  'bye',
  'ticket_status',
]);

/** 'You write too often', 'why do I get this?': whether no more messages are wanted is asked, not guessed. */
export async function perhapsOptOut(talk: Talk): Promise<boolean> {
  const { heard, memory } = talk;
  const [top] = heard.intents;
  const isGuess = top?.topic === 'stop' && heard.zone === 'act';
  if (!heard.perhapsStop && !isGuess) return false;
  // What is surely something else is that, unless a word was mended into it: 'spam' is not CPAM.
  if (heard.repaired.length === 0 && heard.zone === 'act' && top && top.confidence >= SURE && !VAGUE.has(top.topic)) return false;
  const held = memory.dialogs.at(-1)?.dialog;
  if (held && held !== 'choose') return false;
  await begin(talk, 'opt-out', {});
  return true;
}

/** Answers to whom to call, which are heard before they could mean anything else: 'forget it' in despair cancels nothing. */
const ABOUT_DANGER = ['danger-what', 'help-called', 'danger-over', 'false-alarm', 'help', 'cancel'];

export async function danger(talk: Talk): Promise<boolean> {
  const { heard, memory, conversation } = talk;
  if (heard.isMinor) memory.isMinor = true;
  const top = memory.dialogs.at(-1);
  const known = top?.dialog === 'danger' ? top : undefined;
  const takesHelp = heard.zone === 'act' && heard.intents[0]?.topic === 'help';
  if (known && (takesHelp || ABOUT_DANGER.some((list) => talk.means(list)) || isAnswer(talk, known.data.danger as DangerKind)))
    return dialogOnTop(talk);
  const past = known ? null : recallDanger(talk);
  const again = past && beginsAgain(talk, past) ? past : null;
  if (past && !again && (!heard.danger || isAnswer(talk, past.danger, past.isCalled)) && hearAfterwards(talk, past)) return true;
  const meant = heard.danger ?? again?.danger ?? null;
  if (!meant) {
    if (!known && conversation.holder !== 'agent' && ((await tellsOfSign(talk)) || criesForHelp(talk))) return true;
    // A person reads it, and knows what was being spoken of.
    if (!heard.perhapsDanger || known || conversation.holder === 'agent') return false;
    // 'Allez, envoyez' answers what was asked: only its few words sound like a call for help.
    if (top && (await answersForm(talk))) return false;
    adviseInCase(talk, heard.perhapsDanger);
    rememberDoubt(talk, heard.perhapsDanger);
    // Whoever may think of dying is told this alone; if they meant something else, they say it again and are answered. Debts
    // and hunger are answered beside.
    const isAlone = memory.unsureTimes === 1 && memory.dialogs.length === 0 && !isAnswerable(talk);
    return heard.perhapsDanger === 'self-harm' && isAlone;
  }
  talk.act({ kind: 'alert', news: 'danger', danger: meant, ...(await placeOfDanger(talk)) });
  memory.dialogs = memory.dialogs.filter(({ dialog }) => dialog !== 'danger');
  const data = hearDanger(talk, meant, known?.data ?? null, past);
  if (conversation.holder !== 'agent') memory.dialogs.push({ dialog: 'danger', data: { ...data } });
  await bringForward(talk);
  return true;
}

/** Surely a question that the town has an answer to. */
function isAnswerable({ heard, topic }: Talk): boolean {
  const [top] = heard.intents;
  return heard.zone === 'act' && top !== undefined && top.confidence >= SURE && topic(top.topic)?.kind === 'question';
}

/** '🆘', '🔥🏠 3 rue des Lilas', '112', where nothing is asked that it could answer: whom to call, and what it is about. */
async function tellsOfSign(talk: Talk): Promise<boolean> {
  const { text, memory, heard, town } = talk;
  const shown = memory.dialogs.some(({ dialog }) => dialog !== 'choose') ? null : dangerShown(text, town.emergency);
  if (!shown || heard.zone === 'act') return false;
  // Among words a sign may be a manner of speaking: 'top 🔥'.
  const hasWords = /\p{L}/u.test(text);
  if (hasWords && !(await talk.entities()).place) return false;
  adviseInCase(talk, shown);
  if (!hasWords) talk.say(talk.t('danger.ask'));
  return !hasWords;
}

/** 'Help me!' and no more: it may be about a form, or about a life. Whom to call comes first, and a person is offered. */
function criesForHelp(talk: Talk): boolean {
  const isShouted = /^\p{L}+\s*!+$/u.test(talk.text) && talk.means('help');
  if (talk.memory.dialogs.some(({ dialog }) => dialog !== 'choose') || (!isShouted && !talk.means('help-cry'))) return false;
  adviseInCase(talk, 'general');
  talk.say(talk.t('danger.ask'), { choices: [{ title: talk.t('person.ask') }] });
  return true;
}

/** Where people answer at the desk, danger stands first in their queue; the bot goes on telling whom to call. */
async function bringForward(talk: Talk): Promise<void> {
  const { conversation, lookups } = talk;
  if (conversation.holder === 'agent') return;
  const service = talk.service(conversation.queue?.service);
  if (!(await lookups.outlook(service.id))) return;
  const { subject = talk.text, summary, ticket } = conversation.queue ?? {};
  talk.passTo('queue', entryFor(talk, service, { subject, summary, ticket, priority: 'danger', botAnswers: true }));
}

/** While a person holds the conversation the bot is silent; while it waits for one, nearly. */
export async function holder(talk: Talk): Promise<boolean> {
  switch (talk.conversation.holder) {
    case 'bot':
      return false;
    case 'queue':
      tellHub(talk);
      return waiting(talk);
    case 'agent':
      tellHub(talk);
      return true;
  }
}

/** Another hub that has the conversation, or is asked for it, reads what the citizen writes. */
function tellHub({ town: { hub }, conversation: { id, queue }, activity, act }: Talk): void {
  if (hub && queue?.hub === hub.name) act({ kind: 'toHub', url: hub.url, activity: toHubOf(id, activity) });
}
