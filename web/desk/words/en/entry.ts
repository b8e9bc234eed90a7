// The desk's page in English: signing in, and a first visit by an invitation.
import type { entry as french } from '../fr/entry';
import { count } from './count';

export const entry: typeof french = {
  signIn: {
    title: 'Agents’ desk',
    intro: 'Sign in to answer citizens.',
    email: 'E-mail address',
    password: 'Password',
    show: 'Show the password',
    hide: 'Hide the password',
    enter: 'Sign in',
    entering: 'Signing in…',
    wrong: 'The address or the password is not right.',
    wait: (minutes) => `Too many attempts. Try again in ${count(minutes, 'minute', 'minutes')}.`,
    again: 'Your session has ended. Your drafts are kept: sign in again to go on.',
    directory: (name) => `Sign in with ${name}`,
    door: {
      failed: 'Signing in through the directory did not work. Try again.',
      unknown: 'The directory knows you, this desk does not. Ask your administrator to invite you.',
      away: 'The directory does not answer. Try again later, or come in with your password.',
      'too-many': 'Too many attempts. Try again in some minutes.',
    },
    unreachable: 'The server does not answer. This page keeps trying.',
  },
  invitation: {
    title: 'Welcome',
    intro: (town, email) => `You are joining the desk of ${town}${email ? ` as ${email}` : ''}.`,
    yourName: 'Your name, as citizens will read it',
    password: 'Choose a password',
    rule: 'Twelve characters or more. Four words in a row do very well.',
    weak: 'Choose at least twelve characters that nobody would guess: not your name, not the town’s.',
    enter: 'Come in',
    invalid: 'This link has been used, has expired or is not complete. Ask your administrator for another one.',
  },
};
