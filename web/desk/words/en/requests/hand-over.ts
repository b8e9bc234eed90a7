// The desk's page in English: what is not the town's, handed to another authority.
import type { handOver as French } from '../../fr/requests/hand-over';

export const handOver: typeof French = {
  title: 'With another authority',
  whose: 'Whose the request is',
  verified: (day) => `checked on ${day}`,
  forward: { email: 'Pass the request on by e-mail', open311: 'Pass the request on to their server (Open311)' },
  withPerson: 'With the resident’s contact details',
  withoutPerson: 'Without their agreement only their words and the place go. Read them: a name within a sentence is not removed.',
  photos: 'Its photos go too, by a link that is good for 30 days; documents stay here.',
  agreedInForm: 'The resident agreed in the form.',
  agreed: 'How they agreed',
  agreedHint: 'For example: ‘by phone, this morning’.',
  is: {
    'to-send': (to) => `About to be passed on to: ${to}.`,
    'on-its-way': (to) => `On its way to: ${to}.`,
    sent: (to, way) => `Passed on to: ${to} (${way === 'email' ? 'e-mail' : 'Open311'}).`,
    failed: (to) => `It could not be passed on to ${to}, or nothing confirms it: check with them before you try again.`,
  },
  reference: (reference) => `Their reference: ${reference}`,
  says: { open: 'Open there.', closed: 'Closed there.' },
  notes: (notes) => `What they say: ‘${notes}’`,
  named: (agreed) => `With the resident’s contact details${agreed ? ` (agreed: ${agreed})` : ''}.`,
  nameless: 'Without the resident’s contact details.',
  photosGone: 'With its photos, by a link that is good for 30 days.',
  steps: {
    sent: 'Passed on to another authority',
    received: 'Received there as',
    failed: 'Passing on to be checked',
    closed: 'Closed there',
  },
};
