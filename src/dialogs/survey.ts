/** After a conversation with a person: whether it helped, answered by one tap. Whoever says something else has passed it over. */
import type { Dialog } from './dialog';

interface SurveyData {
  service: string;
}

export const survey: Dialog = {
  name: 'survey',
  async begin(_talk, input) {
    // Asked by the desk when a conversation is closed.
    return { next: 'wait', data: input };
  },
  async hear(talk, input) {
    const { service } = input as SurveyData;
    const { yesNo } = await talk.entities();
    if (yesNo !== 'yes' && yesNo !== 'no') return { next: 'not-mine' };
    talk.act({ kind: 'recordFeedback', topic: `desk:${service}`, isUseful: yesNo === 'yes' });
    if (yesNo === 'yes') talk.say(talk.t('survey.thanks'));
    else talk.say(talk.t('survey.sorry'), { choices: [{ title: talk.t('person.ask') }] });
    return { next: 'done' };
  },
  askAgain() {
    // A question that was passed over is not repeated.
  },
};
