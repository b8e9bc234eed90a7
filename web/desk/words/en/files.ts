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
  tooLarge: 'This file is too large: at most 250,000 characters, 1,000 requests.',
};
