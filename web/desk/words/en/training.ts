// Training: choosing a conversation, the room, what was to be seen.
import type { Words } from '../fr';
import { count } from './count';

export const training: Words['training'] = {
  hint: 'Conversations that are played, with a citizen who does not exist. Nothing leaves, nothing counts.',
  room: 'The citizen is played: nobody reads your answers, and nothing counts.',
  leave: 'Finish and see how it went',
  begin: 'Begin',
  beginOf: (title) => `Begin: ${title}`,
  in: (language) => `in ${language}`,
  none: ['Nothing to play for now', 'Your town has no conversations to train with yet.'],
  toPlay: 'Conversations to play',
  charter: 'The charter of the town',
  showKeys: 'Show the keys',
  played: 'Your exercises',
  shared: 'Shown by colleagues',
  by: (name) => `by ${name}`,
  running: 'Under way',
  resume: 'Go on',
  onlyYou: 'Only you see this.',
  isShared: 'Your supervisors see this.',
  share: 'Show it to my supervisors',
  unshare: 'Show it no longer',
  good: 'Yes',
  bad: 'No',
  or: ' or ',
  minutes: (n) => count(Math.round(n), 'minute', 'minutes'),
  facts: {
    taken: 'Taken in time',
    answered: 'First answer in time',
    greeted: 'The citizen was greeted',
    replied: 'Their last message was answered',
    ended: 'Ended well',
    mentioned: 'The emergency number was given',
    personal: 'No personal data repeated',
  },
};
