/** Words that nobody here understands can reach a person as they are: asked, then a message like any other. */
import type { Dialog } from './dialog';

interface PassOnData {
  text: string;
}

export const passOn: Dialog = {
  name: 'pass-on',
  async begin(talk, input) {
    const others = talk
      .inOthers('foreign.pass-on-short')
      .map((words) => ` / ${words}`)
      .join('');
    talk.say(talk.t('foreign.pass-on', { others }), { choices: [{ title: talk.t('yes') }, { title: talk.t('no') }] });
    return { next: 'wait', data: input };
  },
  async hear(talk, input) {
    const { text } = input as PassOnData;
    const { yesNo } = await talk.entities();
    if (yesNo === 'yes') return { next: 'person', text, isMessage: true };
    if (yesNo !== 'no') return { next: 'not-mine' };
    talk.say(talk.t('foreign.kept-back'));
    return { next: 'done' };
  },
  askAgain() {
    // A question that was passed over is not repeated.
  },
};
