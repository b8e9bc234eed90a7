// The desk's page in English: words that hurt, what is done about them, and what the employer reads.
import type { Words } from '../fr';

export const abuse: Words['abuse'] = {
  title: 'Incidents',
  setting: 'Cover words that hurt',
  settingHint: 'Hurtful words of residents are covered on screen; a button shows them. What is kept does not change.',
  covered: 'covered word',
  uncover: 'Show',
  cover: 'Cover',
  intro: 'The resident’s last messages are kept with your report, for those in charge, who owe you protection.',
  kind: 'Kind',
  kinds: {
    insult: 'Insults',
    threat: 'Threats',
    discrimination: 'Discrimination',
    harassment: 'Harassment',
    other: 'Other',
  },
  pause: 'Pause the conversation',
  pauseHint: 'The resident is warned in calm words. Their messages are kept and do not call you; danger is heard all the same.',
  minutes: (n) => (n === 0 ? 'No pause' : `${n} min`),
  note: 'What you want to add',
  report: 'Report',
  kept: 'Report kept for those in charge.',
  restsUntil: (time) => `Rests until ${time}`,
  listIntro: 'What agents have reported, kept as long as the log. Reading it is noted in the log.',
  none: 'No incident reported for a year.',
  words: 'The resident’s words',
};
