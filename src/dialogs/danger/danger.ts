/**
 * After somebody reported danger: the first line was what to do and whom to call. Until they say
 * that help is called, every further word gets more of the same advice, never a form. Whom to call
 * stays the same, and no sentence is said a third time.
 */

import type { DangerKind } from '../../domain/language/danger';
import { countWords } from '../../domain/language/words';
import type { TicketPlace } from '../../domain/ticket/ticket';
import type { Dialog, Step, Talk } from '../dialog';
import { isWhere } from '../form/fields';
import { askWhether, type DangerData, goOn, hearDanger, MOST_TIMES, say, tellTaken } from './advice';
import { answerSaid, saysOf } from './answered';
import { remember, SURELY, sayCalled, sayFalseAlarm, sayOver } from './past';
import { placeSaid, type SaidPlace } from './place';

const SHORT_WORDS = 3;
/** From so much on what is reported is something else; and what is said in another language is likely to be. */
const RATHER = 0.65;
const LIKELY = 0.4;
/** Somebody is hurt, and no more: where they are not, nothing is left of it. */
const OF_ONE: ReadonlySet<DangerKind> = new Set(['medical', 'poison', 'drowning', 'general']);
/** In danger these are no other business: what is said in anger or despair is still about it. */
const NOT_ELSE: ReadonlySet<string> = new Set(['emergency', 'complaint', 'out_of_scope', 'stop']);
const QUIET: Step = { next: 'done', isQuiet: true };

/** Where it is, as far as this message says: put onto the alert. */
export async function placeOfDanger(talk: Talk): Promise<{ place?: TicketPlace }> {
  const said = await placeSaid(talk);
  return said ? { place: said.place } : {};
}

export const danger: Dialog = {
  name: 'danger',
  async begin(talk, input) {
    const { danger } = input as { danger: DangerKind };
    return { next: 'wait', data: hearDanger(talk, danger, null, null) };
  },
  async hear(talk, input) {
    const data = input as DangerData;
    const { danger, said } = data;
    const last = said.at(-1);
    const wasAsked = last?.endsWith('stay') === true;
    const wasAskedToTell = wasAsked || last?.endsWith('listen') === true;
    if (danger === 'self-harm' && talk.means('danger-taken')) return { next: 'wait', data: tellTaken(talk, data) };
    const place = await placeSaid(talk);
    const says = saysOf(talk, danger);
    const answered = answerSaid(talk, data, says);
    if (answered) {
      if (place) tellPlace(talk, danger, place);
      return { next: 'wait', data: answered };
    }
    if (talk.means('danger-what') || talk.means('help') || asksForHelp(talk)) return { next: 'wait', data: goOn(talk, data) };
    if (talk.means('cancel')) return { next: 'wait', data: askWhether(talk, data) };
    const { yesNo } = await talk.entities();
    // "I'm not joking", "he left to get a knife": the danger is not over.
    const goesOn = talk.means('danger-goes-on');
    // 'Ok' to 'tell me when you have called' is no word that somebody called.
    if (says('called') || (wasAskedToTell && yesNo === 'yes' && !talk.means('reaction'))) {
      sayCalled(talk, danger);
      return end(talk, data, true);
    }
    if (danger !== 'self-harm' && !goesOn) {
      if (says('over')) {
        sayOver(talk, danger);
        return end(talk, data);
      }
      const isDenied = yesNo === 'no' && (wasAsked || danger === 'general');
      if (isDenied || says('mistake') || (OF_ONE.has(danger) && talk.means('unhurt'))) {
        sayFalseAlarm(talk, danger);
        return QUIET;
      }
      // 'No' to 'call at once' may refuse it: whether it was a false alarm is asked.
      if (yesNo === 'no' && !place && !wasAskedToTell && countWords(talk.text) <= SHORT_WORDS)
        return { next: 'wait', data: askWhether(talk, data) };
    }
    if (!goesOn && !(await isWhere(talk)) && isElse(talk, danger)) {
      say(talk, 'danger.unsure-short', 'general');
      remember(talk, data);
      return { next: 'not-mine' };
    }
    if (place) tellPlace(talk, danger, place);
    const next = isShort(talk) && place ? data : goOn(talk, data);
    if (next.said.length <= MOST_TIMES) return { next: 'wait', data: next };
    remember(talk, next);
    return { next: 'done' };
  },
  askAgain() {
    // A citizen in danger who asked something else has left it behind: nothing is pressed on them.
  },
};

/**
 * Surely something else: 'the street light is broken'. In a language that the town does not speak less is understood, and
 * what is likely is enough: it is only offered.
 */
function isElse({ heard, topic, means }: Talk, danger: DangerKind): boolean {
  const [top] = heard.intents;
  if (means('reaction')) return false;
  if (!top || NOT_ELSE.has(top.topic) || heard.perhapsDanger) return false;
  // Whoever thinks of dying is left for nothing that is only likely.
  if (danger === 'self-harm') return heard.zone === 'act' && top.confidence > SURELY;
  if (heard.language.foreign) return top.confidence > LIKELY && topic(top.topic) !== undefined;
  return heard.zone === 'act' && top.confidence > (topic(top.topic)?.kind === 'report' ? RATHER : SURELY);
}

function end(talk: Talk, data: DangerData, isCalled?: true): Step {
  remember(talk, data, isCalled);
  return QUIET;
}

function tellPlace(talk: Talk, danger: DangerKind, { place, written }: SaidPlace): void {
  talk.act({ kind: 'alert', news: 'place', danger, place });
  if (danger !== 'self-harm') talk.say(talk.t(`danger.${talk.memory.isMinor ? 'minor.' : ''}place`, { place: written }));
}

/** "I cannot swim" sounds like asking what the assistant can do; in danger it asks for help. */
function asksForHelp({ heard }: Talk): boolean {
  return heard.zone === 'act' && heard.intents[0]?.topic === 'help';
}

function isShort({ text }: Talk): boolean {
  return countWords(text) <= SHORT_WORDS && !text.includes('?');
}
