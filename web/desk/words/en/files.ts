// The desk's page in English: the list of requests as a file, and requests taken over from one.
import type { files as french } from '../fr/files';
import { count } from './count';

export const files: typeof french = {
  download: 'Download the list (CSV)',
  import: 'Take over requests (CSV)',
  hint: 'One line a request. Columns: id and topic, then opened, address, latitude, longitude, phone, email, words, and the questions of the topic.',
  file: 'CSV file',
  check: 'Check',
  open: 'Register the requests',
  ready: (ready, there) => `${count(ready, 'request to register', 'requests to register')}, ${there} there already.`,
  opened: (opened, there) => `${count(opened, 'request registered', 'requests registered')}, ${there} there already.`,
  fault: (line, column, why) => [`Line ${line}`, column, why].filter(Boolean).join(': '),
  /** What is wrong with it, by the codes of the wire; `{more}`: what it names. */
  why: {
    'needs-place': 'a place is needed: coordinates, or an address',
    'no-question': 'the topic asks no such question',
    required: 'the topic asks for an answer',
    'one-of': 'possible answers are: {more}',
    'yes-no': 'the answer is yes or no',
    bounds: 'a number within the bounds of the question is expected',
    date: 'a date is expected, such as 2027-03-29',
    long: 'at most {more} characters',
    outside: 'this place lies outside the town',
    'no-columns': 'the columns “id” and “topic” are missing',
    'no-id': 'what the request is called in the former program is missing',
    'no-topic': 'the name of a topic is missing, without .yml',
    'no-report': 'the town has no topic for requests of this name',
    'column-twice': 'a column is named twice',
    twice: 'this request stands in line {more} already',
    'too-many': 'too many: at most {more} requests at a time',
    unreadable: 'cannot be read: a quotation mark is missing or misplaced',
    degrees: 'a number of degrees is expected',
    'half-position': 'a latitude comes with a longitude',
    future: 'this date lies in the future',
    phone: 'a number in international form is expected, such as +33639981234',
    email: 'an e-mail address is expected',
  },
  tooLarge: 'This file is too large: at most 250,000 characters, 1,000 requests.',
};
