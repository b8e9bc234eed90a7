/**
 * After somebody reported danger: the first line was what to do and whom to call. Until they say
 * that help is called, every further word gets the same advice, never a form, never a sales pitch.
 */
import type { DangerKind } from '../domain/heard';
import { type Dialog, isPhone, type Talk } from './dialog';

interface DangerData {
  danger: DangerKind;
  /** How often something else than 'help is called' was said. */
  times: number;
}

/** After this many further words the citizen has said what they wanted: the talk is free again. */
const MOST_TIMES = 3;
const SHORT_WORDS = 3;

/** What to do first, with the town's own emergency numbers. By text message 114 can be reached without a voice. */
export function adviseOnDanger(talk: Talk, danger: DangerKind): void {
  const advice = talk.t(`danger.${danger}`, talk.town.emergency as unknown as Record<string, string>);
  const silent = isPhone(talk) ? `\n${talk.t('danger.by-sms', { bySms: talk.town.emergency.bySms })}` : '';
  talk.say(`${advice}${silent}`);
}

export const danger: Dialog = {
  name: 'danger',
  async begin(talk, input) {
    const { danger } = input as DangerData;
    adviseOnDanger(talk, danger);
    return { next: 'wait', data: { danger, times: 0 } satisfies DangerData };
  },
  async hear(talk, input) {
    const { danger, times } = input as DangerData;
    if (talk.means('help-called')) {
      talk.say(talk.t('danger.called'));
      return { next: 'done' };
    }
    const { yesNo, place } = await talk.entities();
    if (yesNo === 'no' || talk.means('false-alarm')) {
      talk.say(talk.t('danger.false-alarm', talk.town.emergency as unknown as Record<string, string>));
      return { next: 'done' };
    }
    const [top] = talk.heard.intents;
    if (talk.heard.zone === 'act' && top && top.confidence > 0.8 && top.topic !== 'emergency') return { next: 'not-mine' };
    if (place) talk.say(talk.t('danger.place', { place: place.text }));
    const isShort = talk.text.split(/\s+/).length <= SHORT_WORDS && !talk.text.includes('?');
    if (!place && !isShort) adviseOnDanger(talk, danger);
    talk.say(talk.t('danger.stay', talk.town.emergency as unknown as Record<string, string>));
    return times + 1 >= MOST_TIMES ? { next: 'done' } : { next: 'wait', data: { danger, times: times + 1 } satisfies DangerData };
  },
  askAgain() {
    // A citizen in danger who asked something else has left it behind: nothing is pressed on them.
  },
};
