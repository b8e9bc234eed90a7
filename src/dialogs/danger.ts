/**
 * After somebody reported danger: the first line was what to do and whom to call. Until they say
 * that help is called, every further word gets the same advice, never a form, never a sales pitch.
 */
import type { DangerKind } from '../domain/heard';
import type { Dialog, Talk } from './dialog';

interface DangerData {
  danger: DangerKind;
}

/** What to do first, with the town's own emergency numbers. By text message 114 can be reached without a voice. */
export function adviseOnDanger(talk: Talk, danger: DangerKind): void {
  const isPhone = talk.conversation.channel !== 'web';
  const advice = talk.t(`danger.${danger}`, talk.town.emergency as unknown as Record<string, string>);
  const silent = isPhone ? `\n${talk.t('danger.by-sms', { bySms: talk.town.emergency.bySms })}` : '';
  talk.say(`${advice}${silent}`);
}

export const danger: Dialog = {
  name: 'danger',
  async begin(talk, input) {
    const { danger } = input as DangerData;
    adviseOnDanger(talk, danger);
    return { next: 'wait', data: { danger } satisfies DangerData };
  },
  async hear(talk, data) {
    if (talk.means('help-called')) {
      talk.say(talk.t('danger.called'));
      return { next: 'done' };
    }
    const [top] = talk.heard.intents;
    if (talk.heard.zone === 'act' && top && top.confidence > 0.8 && top.topic !== 'emergency') return { next: 'not-mine' };
    adviseOnDanger(talk, (data as DangerData).danger);
    talk.say(talk.t('danger.stay'));
    return { next: 'wait', data };
  },
  askAgain() {
    // A citizen in danger who asked something else has left it behind: nothing is pressed on them.
  },
};
