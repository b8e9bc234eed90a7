/** A town's folder is read as a clerk wrote it, and every mistake is told with its file, its line and its cure. */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routeOf } from '../../src/domain/land/route';
import { sectorOf } from '../../src/domain/land/sector';
import { openTowns, TownFaults } from '../../src/towns';
import { checkSenders, checkTown } from '../../src/towns/check/check-town';
import { type Fault, isBlocking } from '../../src/towns/fault';
import type { TownFiles } from '../../src/towns/read/read-folder';
import { compareLocales, type Locale, readLocale } from '../../src/towns/read/read-locale';
import { readStreets } from '../../src/towns/read/read-streets';

const NOW = new Date('2026-11-22T12:00:00Z');

const TOWN = `name: Test
authority: { fr: Mairie, en: Town hall }
time_zone: Europe/Paris
country: FR
languages: [fr, en]
front_desk: desk
hours:
  mon-fri: 08:30-12:00, 13:30-17:30
services:
  - id: desk
    name: { fr: Accueil, en: Front desk }
    phone: 01 99 00 00 00
  - id: library
    name: { fr: Bibliothèque, en: Library }
    hours:
      tue-fri: 10:00-18:00
      sat: 10:00-13:00
exceptional_days:
  - from: 2026-12-24
    reason: { fr: Veille de Noël, en: Christmas Eve }
    services: [library]
    hours: 10:00-12:00
emergency:
  general: '112'
  fire: '18'
  medical: '15'
  police: '17'
  by_sms: '114'
  gas: 0 800 47 33 33
  suicide: '3114'
  child_abuse: '119'
  domestic_violence: '3919'
  missing_child: '116 000'
privacy:
  contact: dpo@test.example
  url: https://test.example/privacy
senders:
  sms: '+33639981234'
`;

const phrases = (stem: string) => Array.from({ length: 12 }, (_, index) => `    - ${stem} ${'abcdefghijkl'[index]}`).join('\n');

const QUESTION = `kind: question
service: desk
title: { fr: Passeport, en: Passport }
phrases:
  fr:
${phrases('passeport')}
  en:
${phrases('passport')}
answer:
  fr: Appelez le {phone}.
  en: Call {phone}.
details:
  - id: child
    ages: [0, 14]
    phrases:
      fr: [et pour un enfant ?]
      en: [and for a child?]
    answer:
      fr: 17 €
      en: €17
verified:
  by: desk
  on: 2026-09-01
  until: 2027-08-31
  source: https://www.example.org/passport
see_also: [hole]
`;

const REPORT = `kind: report
service: desk
title: { fr: Trou, en: Hole }
phrases:
  fr:
${phrases('trou')}
  en:
${phrases('hole')}
answer: { fr: Merci., en: Thank you. }
form:
  - id: place
    kind: place
    required: true
    label: { fr: Lieu, en: Place }
    ask: { fr: Où ?, en: Where? }
  - id: size
    kind: choice
    required: false
    label: { fr: Taille, en: Size }
    ask: { fr: Quelle taille ?, en: How big? }
    choices:
      - id: small
        label: { fr: Petit, en: Small }
      - id: big
        label: { fr: Grand, en: Big }
  - id: depth
    kind: number
    required: false
    min: 1
    max: 200
    when: { field: size, is: [big] }
    label: { fr: Profondeur, en: Depth }
    ask: { fr: Combien de cm ?, en: How many cm? }
`;

const STREETS = `numero;rep;nom_voie;lon;lat
1;;Rue Pasteur;2.1200;48.8000
2;bis;Rue Pasteur;2.1201;48.8001
`;

const LANDMARKS = `- name: stade
  street: rue Pasteur
  at: [48.8, 2.12]
`;

const BOUNDARY = JSON.stringify({
  type: 'Polygon',
  coordinates: [
    [
      [2.1, 48.7],
      [2.2, 48.7],
      [2.2, 48.9],
      [2.1, 48.9],
      [2.1, 48.7],
    ],
  ],
});

const GOOD: Record<string, string> = {
  'town.yml': TOWN,
  'topics/passport.yml': QUESTION,
  'topics/hole.yml': REPORT,
  'streets.csv': STREETS,
  'landmarks.yml': LANDMARKS,
  'boundary.geojson': BOUNDARY,
};

function filesOf(texts: Record<string, string>, id = 'test'): TownFiles {
  return { id, texts: new Map(Object.entries(texts)), nameOf: (path) => `towns/${id}/${path}`, faults: [] };
}

function localeOf(code: string, texts: Record<string, string> = {}) {
  const files = {
    'sentences.yml': 'hello: x',
    'phrases.yml': '{}',
    'templates.yml': '{}',
    'legal.yml': '{}',
    'pack.yml': '{}',
    'ordinary.yml': '[]',
    ...texts,
  };
  return readLocale({ ...filesOf(files, code), nameOf: (path) => `locales/${code}/${path}` });
}

const LOCALES = new Map<string, Locale>([
  ['fr', localeOf('fr', { 'phrases.yml': 'greet: [bonjour]' }).locale],
  ['en', localeOf('en', { 'phrases.yml': 'greet: [hello]' }).locale],
]);

/** The good folder with one file changed. */
function changed(path: string, from: string, to: string): Record<string, string> {
  expect(GOOD[path]).toContain(from);
  return { ...GOOD, [path]: GOOD[path]!.replace(from, to) };
}

const check = (texts: Record<string, string>, id?: string): Fault[] => checkTown(filesOf(texts, id), LOCALES, NOW).faults;
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

test('a Messaging Service may send for a town', () => {
  const service = `MG${'0a'.repeat(16)}`;
  const { town, faults } = checkTown(filesOf(changed('town.yml', "'+33639981234'", service)), LOCALES, NOW);
  expect([faults, town!.senders]).toEqual([[], { sms: service }]);
});

test('a good folder has no fault and is read whole', () => {
  const { town, topics, faults } = checkTown(filesOf(GOOD), LOCALES, NOW);
  expect(faults).toEqual([]);
  expect(town).toMatchObject({ id: 'test', timeZone: 'Europe/Paris', frontDesk: 'desk', senders: { sms: '+33639981234' } });
  expect(town!.services[0]!.hours.mon).toEqual([
    ['08:30', '12:00'],
    ['13:30', '17:30'],
  ]);
  expect(town!.services[1]!.hours).toMatchObject({ mon: [], tue: [['10:00', '18:00']], sat: [['10:00', '13:00']], sun: [] });
  expect(town!.exceptionalDays[0]).toMatchObject({ from: '2026-12-24', to: '2026-12-24', hours: [['10:00', '12:00']] });
  expect(town!.emergency).toMatchObject({ bySms: '114', childAbuse: '119', domesticViolence: '3919', missingChild: '116 000' });
  expect(town!.streets[0]).toMatchObject({ name: 'Rue Pasteur', numbers: [{ number: '1' }, { number: '2 bis' }] });
  expect(town!.landmarks[0]).toMatchObject({ name: 'stade', latitude: 48.8, longitude: 2.12 });
  expect(town!.boundary).toHaveLength(5);
  expect(topics.map((topic) => topic.id)).toEqual(['passport', 'hole']);
  expect(topics[0]).toMatchObject({ file: 'towns/test/topics/passport.yml', seeAlso: ['hole'], details: [{ ages: [0, 14] }] });
  expect(topics[1]!.form![2]).toMatchObject({ when: { field: 'size', is: ['big'] }, min: 1, max: 200 });
});

const Q = 'topics/passport.yml';
const R = 'topics/hole.yml';
const T = 'town.yml';

/** A formal request before the form, with this line. */
const formal = (line: string) => {
  const remedies = line.startsWith('remedies') ? '' : '  remedies: { fr: Recours, en: Appeal }\n';
  return `formal:\n  silence: refused\n  months: 2\n${remedies}  ${line}\nform:\n`;
};

/** file, what is changed, into what, code, words of the message or the cure, where the fault stands (the changed text when not said). */
const MISTAKES: Array<[path: string, from: string, to: string, code: string, words: RegExp, at?: string]> = [
  [T, 'country: FR', 'country: "FR', 'yaml', /valid YAML/],
  [T, 'country: FR', 'name: Twice\ncountry: FR', 'yaml', /written twice/, 'name: Twice'],
  [T, 'country: FR', 'contry: FR', 'unknown-field', /mean "country"/],
  [T, 'name: Test\n', '', 'missing-field', /"name" is missing/, 'authority'],
  [T, 'name: Test', 'name: 12', 'bad-value', /must be text/],
  [T, 'Europe/Paris', 'Europe/Bellerive', 'bad-value', /time zone "Europe\/Bellerive" is unknown/],
  [T, 'country: FR', 'country: XX', 'bad-value', /holidays of "XX"/],
  [T, '[fr, en]', '[fr, en, fr]', 'twice', /"fr" is named twice/],
  [T, '[fr, en]', '[fr, en, eo]', 'unknown-language', /does not speak "eo".*"A language" in CONTRIBUTING\.md/],
  [T, 'front_desk: desk', 'front_desk: reception', 'unknown-service', /no service "reception"/],
  [T, 'services: [library]', 'services: [libary]', 'unknown-service', /no service "libary"/],
  [T, '- id: library', '- id: desk', 'twice', /Two services/, '- id: desk\n    name: { fr: Bib'],
  [T, '08:30-12:00, 13:30-17:30', '08:30-12:00, 11:30-17:30', 'bad-value', /overlap/],
  [T, 'tue-fri: 10:00-18:00', 'tue-fri: 18:00-10:00', 'bad-value', /end before they start/],
  [T, 'sat: 10:00-13:00', 'fri-sat: 10:00-13:00', 'bad-value', /given twice/, 'hours:\n      tue-fri'],
  [T, 'sat: 10:00-13:00', 'samedi: 10:00-13:00', 'bad-value', /day that is unknown/, 'hours:\n      tue-fri'],
  [T, '- from: 2026-12-24', '- from: 2026-12-24\n    to: 2026-12-20', 'bad-value', /before they start/, 'to: 2026-12-20'],
  [T, '2026-12-24', '2026-02-30', 'bad-value', /not a date/],
  [T, "'+33639981234'", '06 39 98 12 34', 'bad-value', /neither an international phone number nor a Messaging Service/],
  [T, "'+33639981234'", 'MAIRIE', 'bad-value', /neither an international phone number nor a Messaging Service/],
  [T, "'+33639981234'", 'MG12', 'bad-value', /neither an international phone number nor a Messaging Service/],
  [T, 'https://test.example/privacy', 'http://test.example', 'bad-value', /address of a web page/],
  [
    T,
    'senders:',
    'allowed_origins: [https://test.example/page]\nsenders:',
    'bad-value',
    /origin of a web site/,
    'allowed_origins',
  ],
  [T, '{ fr: Bibliothèque, en: Library }', '{ fr: Bibliothèque }', 'missing-translation', /no text in "en"/],
  [Q, 'title: { fr: Passeport, en: Passport }', 'title: { fr: Passeport }', 'missing-translation', /"title" has no text in "en"/],
  [Q, '  en: Call {phone}.\n', '', 'missing-translation', /"answer" has no text in "en"/, 'answer:'],
  [Q, 'en: Call {phone}.', 'en: Call us.', 'placeholder', /same placeholders/],
  [Q, 'en: €17', 'en: €17 {mony}', 'placeholder', /Nothing fills in \{mony\}/],
  [
    R,
    'form:\n',
    formal('subject: { fr: "Reçu {numero}", en: "Received {numero}" }'),
    'bad-value',
    /nobody fills in.*\{reference\}/,
    'subject:',
  ],
  [
    R,
    'form:\n',
    formal('no_email: { fr: "Par courrier : {reach}" }'),
    'missing-translation',
    /"formal.no_email" has no text in "en"/,
    'no_email:',
  ],
  [
    R,
    'form:\n',
    formal('acknowledgement: { fr: "Reçu le {date}", en: "Received" }'),
    'placeholder',
    /same placeholders/,
    'acknowledgement:',
  ],
  [
    R,
    'form:\n',
    formal('remedies: { fr: "Recours : {phone}", en: "Appeal: {phone}" }'),
    'bad-value',
    /nobody fills in/,
    'remedies:',
  ],
  [Q, 'Appelez le {phone}.', 'Écrivez à {email}.', 'placeholder', /"desk" has no email/],
  [Q, 'service: desk', 'service: desc', 'unknown-service', /no service "desc"/],
  [Q, 'service: desk\n', '', 'missing-field', /which service/, 'kind:'],
  [Q, 'by: desk', 'by: nobody', 'unknown-service', /no service "nobody"/],
  [Q, 'kind: question', 'kind: faq', 'bad-value', /question, control|report, question/],
  [Q, 'answer:\n  fr: Appelez le {phone}.\n  en: Call {phone}.\n', '', 'missing-field', /needs an answer/, 'kind:'],
  [Q, QUESTION.slice(QUESTION.indexOf('verified:'), QUESTION.indexOf('see_also')), '', 'not-verified', /vouches/, 'kind:'],
  [Q, 'until: 2027-08-31', 'until: 2026-11-21', 'expired', /expired on 2026-11-21/],
  [Q, 'until: 2027-08-31', 'until: 2026-08-31', 'bad-value', /before it was verified/],
  [Q, 'on: 2026-09-01', 'on: 2026-12-01', 'bad-value', /a day to come/],
  [Q, 'source: https://www.example.org/passport', 'source: http://x', 'bad-value', /checked/],
  [Q, 'source: https://www.example.org/passport', 'source: www.x chiens', 'bad-value', /full address/],
  [Q, 'source: https://www.example.org/passport', 'source: https://www.x.org/les chiens', 'bad-value', /holds no space/],
  [Q, 'source: https://www.example.org/passport', 'source: "?"', 'bad-value', /name of the document/],
  [Q, 'service: desk', '\tservice: desk', 'yaml', /indented with a tab/],
  [Q, 'service: desk', ' service: desk', 'yaml', /indented by one space/],
  [Q, '  en: Call', '   en: Call', 'yaml', /indented by 3 spaces/],
  [Q, '- passport l', "- 'today's passport'", 'yaml', /ends at an apostrophe: .*'today'.*double quotes/],
  [Q, 'fr: Appelez le {phone}.', "fr: 'Appelez l'accueil.'", 'yaml', /ends at an apostrophe.*double quotes/],
  [Q, '- passport l', '- "the "red" passport"', 'yaml', /ends at a quote within it/],
  [Q, 'fr: Appelez le {phone}.', 'fr: Accueil : appelez le {phone}.', 'yaml', /holds a colon.*between double quotes/],
  [Q, 'see_also: [hole]', 'see_also: [whole]', 'unknown-topic', /"whole"/],
  [Q, 'see_also: [hole]', 'see_also: [passport]', 'unknown-topic', /at itself/],
  [Q, 'ages: [0, 14]', 'ages: [14, 0]', 'bad-value', /runs backwards/],
  [Q, '    - passport l\n', '', 'few-phrases', /Only 11 phrase/, '  en:\n    - passport a'],
  [Q, '- passport l', '- Passport, A!', 'phrase-twice', /written twice/],
  [Q, '- passport l', '- HOLE  b?', 'phrase-claimed', /"hole" and "passport"|"passport" and "hole"/],
  [Q, '- passeport l', '- Bonjour !', 'phrase-claimed', /"greet" and "passport"/],
  [Q, '- passport l', '- "???"', 'bad-value', /holds no word/],
  [
    Q,
    '      en: [and for a child?]\n',
    '',
    'missing-translation',
    /detail "child" has no phrases in "en"/,
    'phrases:\n      fr: [et pour',
  ],
  [R, 'ask: { fr: Où ?, en: Where? }', 'choices: []', 'missing-field', /no wording/, '- id: place'],
  [R, '        label: { fr: Petit, en: Small }\n', '', 'missing-field', /no label/, '- id: small'],
  [R, '- id: big', '- id: small', 'twice', /Two choices/, '- id: small\n        label: { fr: Grand'],
  [R, '- id: depth', '- id: size', 'twice', /Two questions/, '- id: size\n    kind: number'],
  [R, 'kind: number', 'kind: numbr', 'bad-value', /Write one of: text, choice/],
  [R, 'max: 200', 'max: 0', 'bad-value', /above the largest/],
  [R, 'when: { field: size', 'when: { field: colour', 'unknown-condition', /"colour", which is not asked before/],
  [R, 'is: [big]', 'is: [huge]', 'unknown-condition', /"huge" is never an answer/],
  [R, 'answer: { fr: Merci., en: Thank you. }\n', '', 'missing-field', /report needs an "answer"/, 'kind:'],
  [R, 'title: { fr: Trou, en: Hole }', 'title: { fr: Trou, nid de poule, en: Hole }', 'unknown-field', /nid de poule/],
  ['landmarks.yml', 'rue Pasteur', 'rue Pascal', 'unknown-street', /no street "rue Pascal"/],
  ['landmarks.yml', '[48.8, 2.12]', '[248.8, 2.12]', 'bad-value', /not a position/],
  ['streets.csv', '2;bis;', 'two;bis;', 'bad-street', /not a street number/],
  ['streets.csv', '2.1201;48.8001', '2.1201;', 'bad-street', /no valid position/],
  ['streets.csv', 'nom_voie', 'voie', 'bad-street', /nom_voie or voie_nom/],
  ['boundary.geojson', '"Polygon"', '"Point"', 'bad-boundary', /not a GeoJSON outline/],
];

// Jest hands a callback to a test that takes one argument more than its row has.
const ROWS = MISTAKES.map(([path, from, to, code, words, at = to]) => [path, from, to, code, words, at] as const);

test.each(ROWS)('%s: %j -> %j is %s', (path, from, to, code, words, at) => {
  const texts = changed(path, from, to);
  const faults = check(texts);
  const found = faults.find((fault) => fault.code === code && words.test(`${fault.message} ${fault.fix}`));
  expect(found ?? faults).toMatchObject({ severity: 'fault', file: expect.stringMatching(/^towns\/test\//) });
  expect(found!.fix).toMatch(/\w.*[.?…]$/);
  if (found!.file === `towns/test/${path}`) expect(found!.line).toBe(lineOf(texts[path]!, at));
});

test.each([
  [Q, 'until: 2027-08-31', 'until: 2026-12-01', 'expires-soon', /in 9 day/],
  [Q, 'en: Passport }', 'en: Passport, es: Pasaporte }', 'unspoken-language', /"es"/],
  [R, 'kind: place', 'kind: text', 'no-place', /never asks where/],
  ['streets.csv', '2.1200;48.8000', '3.1200;48.8000', 'outside', /1 of 2 point/],
  ['landmarks.yml', '[48.8, 2.12]', '[48.8, 3.12]', 'outside', /outside the boundary/],
  [T, 'senders:', "allowed_origins: ['*']\nsenders:", 'any-origin', /Any web site/],
])('%s: %j -> %j only warns', (path, from, to, code, words) => {
  const faults = check(changed(path, from, to));
  expect(faults).toMatchObject([{ code, severity: 'warning', message: expect.stringMatching(words) }]);
});

test('an answer is given up to and including its last day in the zone of the town', () => {
  const files = filesOf(changed(Q, 'until: 2027-08-31', 'until: 2026-11-22'));
  const codes = (now: string) => checkTown(files, LOCALES, new Date(now)).faults.map((fault) => fault.code);
  expect(codes('2026-11-22T22:59:00Z')).toEqual(['expires-soon']);
  expect(codes('2026-11-22T23:01:00Z')).toEqual(['expired']);
});

test('files that are not there or not read are named', () => {
  expect(check({})).toMatchObject([{ file: 'towns/test/town.yml', code: 'missing-file' }]);
  const { 'streets.csv': _, ...without } = GOOD;
  expect(check(without).map((fault) => [fault.severity, fault.code, fault.file])).toEqual([
    ['fault', 'unknown-street', 'towns/test/landmarks.yml'],
    ['warning', 'missing-file', 'towns/test/streets.csv'],
  ]);
  expect(check({ ...GOOD, 'topics/Été.yaml': '' })).toMatchObject([{ severity: 'fault', code: 'stray-file' }]);
  expect(check({ ...GOOD, 'notes.txt': '' })).toMatchObject([{ severity: 'warning', code: 'stray-file' }]);
  expect(check(GOOD, 'My_Town')).toMatchObject([{ code: 'bad-value', message: expect.stringContaining('My_Town') }]);
});

test('faults come sorted by file and line', () => {
  const texts = {
    ...changed(Q, 'see_also: [hole]', 'see_also: [x, y]'),
    [R]: 'kind: report',
    [T]: TOWN.replace('Europe/Paris', 'Mars'),
  };
  const faults = check(texts);
  expect(faults.length).toBeGreaterThan(4);
  const keys = faults.map((fault) => `${fault.file} ${String(fault.line).padStart(4, '0')}`);
  expect(keys).toEqual([...keys].sort());
});

test('time and thin phrases keep no door shut, broken files do', () => {
  const blocking = (texts: Record<string, string>) => check(texts).some(isBlocking);
  expect(blocking(changed(Q, 'until: 2027-08-31', 'until: 2026-11-21'))).toBe(false);
  expect(blocking(changed(Q, '    - passport l\n', ''))).toBe(false);
  expect(blocking(changed(Q, 'service: desk', 'service: desc'))).toBe(true);
  expect(blocking(changed(R, 'is: [big]', 'is: [huge]'))).toBe(true);
});

test('two towns cannot answer on one number', () => {
  const one = checkTown(filesOf(GOOD, 'one'), LOCALES, NOW).town!;
  const two = checkTown(filesOf(GOOD, 'two'), LOCALES, NOW).town!;
  expect(checkSenders([one, two], (town) => town.id)).toMatchObject([{ file: 'two', code: 'sender-twice' }]);
  expect(checkSenders([one, { ...two, senders: { whatsapp: '+33639981234' } }], (town) => town.id)).toEqual([]);
});

describe('streets', () => {
  const read = (text: string, insee?: string) => readStreets('streets.csv', text, insee);

  test('columns are found by name, with a mark, quotes, other names and Windows line ends', () => {
    const text =
      '\uFEFFvoie_nom;lat;long;suffixe;numero;autre\r\n"Rue ""du"" Port; nord";48.8;2.1;BIS;007;x\r\n\r\nRue du Bac;48.9;2.2;;1;y\r\n';
    const { streets, faults, lines } = read(text);
    expect(faults).toEqual([]);
    expect(streets.map((street) => street.name)).toEqual(['Rue "du" Port; nord', 'Rue du Bac']);
    expect(streets[0]!.numbers).toEqual([{ number: '7 bis', latitude: 48.8, longitude: 2.1 }]);
    expect(lines).toEqual([2, 4]);
  });

  test('numbers are in order, doubles are kept once, a street without numbers keeps its place', () => {
    const { streets } = read(
      'numero;rep;nom_voie;lon;lat\n10;;Rue A;2.3;48\n2;;Rue A;2.1;48\n2;;Rue A;2.9;48\n2;bis;Rue A;2.2;48\n99999;;Allée B;2.5;48\n',
    );
    expect(streets[0]!.numbers.map((door) => door.number)).toEqual(['2', '2 bis', '10']);
    expect(streets[1]).toEqual({ name: 'Allée B', numbers: [], middle: { latitude: 48, longitude: 2.5 } });
  });

  test('only the rows of the commune are kept when it is named', () => {
    const text = 'numero;nom_voie;lon;lat;code_insee\n1;Rue A;2;48;78001\n1;Rue B;2;48;78002\n';
    expect(read(text, '78002').streets.map((street) => street.name)).toEqual(['Rue B']);
    expect(read(text).streets).toHaveLength(2);
  });

  test('streets of one name in merged communes are told apart', () => {
    const text =
      "numero;nom_voie;lon;lat;nom_ancienne_commune\n1;Rue de l'Église;2;48;Vaux\n1;Rue de l'Église;2.5;48;Moret\n1;Grande Rue;2;48;Vaux\n";
    expect(read(text).streets).toMatchObject([
      { name: "Rue de l'Église (Vaux)", alsoCalled: ["Rue de l'Église"] },
      { name: "Rue de l'Église (Moret)", alsoCalled: ["Rue de l'Église"] },
      { name: 'Grande Rue' },
    ]);
  });

  test('a broken extract names its rows and stops complaining after twenty', () => {
    const { faults } = read(`numero;nom_voie;lon;lat\n${'x;Rue A;2;48\n'.repeat(50)}`);
    expect(faults).toHaveLength(20);
    expect(faults[3]).toMatchObject({ file: 'streets.csv', line: 5, code: 'bad-street' });
    expect(read('').faults).toMatchObject([{ line: 1 }]);
  });

  test('a city of 50,000 doors is read in seconds', () => {
    const rows = Array.from(
      { length: 50_000 },
      (_, index) => `${(index % 60) + 1};;Rue ${Math.floor(index / 60)};2.${index};48.${index}`,
    );
    // Processor time, not the clock: other work on the machine must not decide.
    const start = process.cpuUsage();
    expect(read(`numero;rep;nom_voie;lon;lat\n${rows.join('\n')}`).streets).toHaveLength(834);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(3000);
  });
});

describe('sectors', () => {
  const ring = (west: number, east: number) => [
    [west, 48.7],
    [east, 48.7],
    [east, 48.9],
    [west, 48.9],
    [west, 48.7],
  ];
  const drawn = (...sectors: Array<[id: string, ring: number[][]]>) =>
    JSON.stringify({
      type: 'FeatureCollection',
      features: sectors.map(([id, corners]) => ({
        type: 'Feature',
        properties: { id },
        geometry: { type: 'Polygon', coordinates: [corners] },
      })),
    });
  const declared = `${TOWN}
sectors:
  - { id: west, name: { fr: Ouest, en: West } }
  - { id: east, name: { fr: Est, en: East } }
`;
  const withSectors = (outlines: string, more = ''): Record<string, string> => ({
    ...GOOD,
    'town.yml': declared + more,
    'sectors.geojson': outlines,
    'streets.csv': `${STREETS}1;;Rue Longue;2.1100;48.8000\n9;;Rue Longue;2.1900;48.8000\n`,
  });
  const good = drawn(['west', ring(2.1, 2.15)], ['east', ring(2.15, 2.2)]);

  test('something lies in a sector by its position, or by an address that the list of streets can place', () => {
    const { town, faults } = checkTown(filesOf(withSectors(good)), LOCALES, NOW);
    expect(faults).toEqual([]);
    const at = (place: Parameters<typeof sectorOf>[1]) => sectorOf(town!, place)?.id;
    expect(at({ latitude: 48.8, longitude: 2.12 })).toBe('west');
    expect(at({ latitude: 48.8, longitude: 2.19, text: '1 rue Pasteur' })).toBe('east');
    expect(at({ latitude: 48.8, longitude: 2.3 })).toBeUndefined();
    expect(at({ text: '2 bis, RUE PASTEUR, 78000 Test' })).toBe('west');
    expect(at({ text: 'rue Pasteur' })).toBe('west');
    // A street that crosses a border is placed by its doors alone.
    expect([at({ text: 'rue longue' }), at({ text: '9 rue Longue' })]).toEqual([undefined, 'east']);
    expect([at({ text: 'rue Inconnue' }), at({}), at(undefined)]).toEqual([undefined, undefined, undefined]);
    expect(sectorOf({ streets: town!.streets }, { latitude: 48.8, longitude: 2.12 })).toBeUndefined();
  });

  test.each([
    ['no GeoJSON', '{', 'bad-sector'],
    ['a ring that is not closed', drawn(['west', ring(2.1, 2.15).slice(0, 4)], ['east', ring(2.15, 2.2)]), 'bad-sector'],
    [
      'an outline that crosses itself',
      drawn(
        [
          'west',
          [
            [2.1, 48.7],
            [2.15, 48.9],
            [2.15, 48.7],
            [2.1, 48.9],
            [2.1, 48.7],
          ],
        ],
        ['east', ring(2.15, 2.2)],
      ),
      'bad-sector',
    ],
    [
      'latitude and longitude swapped',
      drawn(
        [
          'west',
          [
            [48.7, 98],
            [48.7, 99],
            [48.8, 99],
            [48.7, 98],
          ],
        ],
        ['east', ring(2.1, 2.2)],
      ),
      'bad-sector',
    ],
    ['a sector without an outline', drawn(['west', ring(2.1, 2.2)]), 'no-outline'],
    [
      'an outline of no sector',
      drawn(['west', ring(2.1, 2.15)], ['east', ring(2.15, 2.2)], ['north', ring(2.3, 2.4)]),
      'unknown-sector',
    ],
  ])('%s keeps the town from opening, and is said once', (_, outlines, code) => {
    const faults = check(withSectors(outlines)).filter(({ severity }) => severity === 'fault');
    expect(faults).toMatchObject([{ code }]);
  });

  test('sectors that overlap, and streets in none, are warned of', () => {
    const warned = check(withSectors(drawn(['west', ring(2.115, 2.16)], ['east', ring(2.15, 2.18)])));
    expect(warned).toMatchObject([
      { severity: 'warning', code: 'in-no-sector' },
      { severity: 'warning', code: 'overlap', message: expect.stringContaining('"west" and "east"') },
    ]);
  });

  test('the first rule that fits says whose a request is; a rule that leads nowhere, or to nobody, is a fault', () => {
    const rules = `routing:
  - { topics: [hole], sectors: [east], service: desk, agent: Zoe@town.example }
  - { when: closed, service: desk }
`;
    const { town, faults } = checkTown(filesOf(withSectors(good, rules)), LOCALES, NOW);
    expect(faults).toEqual([]);
    const whose = (sector: string | undefined, isOpen: boolean) =>
      routeOf(town!, { id: 'hole', service: 'roads' }, sector, () => isOpen);
    expect(whose('east', true)).toEqual({ service: 'desk', agent: 'zoe@town.example' });
    expect(whose('west', true)).toEqual({ service: 'roads' });
    expect(whose(undefined, false)).toEqual({ service: 'desk' });
    const bad = `routing:
  - { topics: [nothing], sectors: [north], service: nobody }
  - { sectors: [west] }
`;
    expect(check(withSectors(good, bad)).map(({ code }) => code)).toEqual([
      'unknown-sector',
      'unknown-service',
      'unknown-topic',
      'leads-nowhere',
    ]);
  });
});

describe('languages', () => {
  test('sentences are flattened, phrases and pack handed on, the language named in itself', () => {
    const { locale, faults } = localeOf('fr', {
      'sentences.yml': 'form:\n  summary: "Voici {what}."\n  ask.again: Pardon ?\nbye: Au revoir\n',
      'phrases.yml': 'greet:\n  - bonjour\n',
      'pack.yml': 'culture: fr-fr\n',
      'ordinary.yml': '- où est la mairie\n',
    });
    expect(faults).toEqual([]);
    expect(locale).toEqual({
      code: 'fr',
      name: 'français',
      abuse: [],
      sentences: { 'form.summary': 'Voici {what}.', 'form.ask.again': 'Pardon ?', bye: 'Au revoir' },
      templates: {},
      controlPhrases: { greet: ['bonjour'] },
      pack: { culture: 'fr-fr', ordinary: ['où est la mairie'] },
    });
  });

  test('missing files and values that are no text are faults', () => {
    const bare = readLocale({ ...filesOf({}, 'fr'), nameOf: (path) => `locales/fr/${path}` });
    expect(bare.faults.map((fault) => fault.file).sort()).toEqual([
      'locales/fr/legal.yml',
      'locales/fr/ordinary.yml',
      'locales/fr/pack.yml',
      'locales/fr/phrases.yml',
      'locales/fr/sentences.yml',
      'locales/fr/templates.yml',
    ]);
    expect(localeOf('fr', { 'sentences.yml': 'a: x\nb: 12\n' }).faults).toMatchObject([{ line: 2, code: 'bad-value' }]);
    expect(localeOf('fr', { 'pack.yml': 'stemmer: fr\nordinary: [bonjour]\n' }).faults).toMatchObject([
      { file: 'locales/fr/pack.yml', line: 2, message: expect.stringContaining('stands in a file of its own') },
    ]);
  });

  test('what one language says, the others say too, with the same placeholders', () => {
    const french = localeOf('fr', { 'sentences.yml': 'a: "Bonjour {name}"\nb:\n  c: Oui\n' });
    const english = localeOf('en', { 'sentences.yml': 'b:\n  d: No\na: "Hello {nom}"\n' });
    expect(compareLocales([french, english]).map((fault) => [fault.file, fault.line, fault.code, fault.message])).toEqual([
      ['locales/en/sentences.yml', 3, 'placeholder', 'The sentence "a" does not have the same placeholders as in français.'],
      ['locales/en/sentences.yml', 1, 'missing-translation', 'The sentence "b.c" is missing in English.'],
      ['locales/fr/sentences.yml', 2, 'missing-translation', 'The sentence "b.d" is missing in français.'],
    ]);
  });
});

describe('templates for WhatsApp', () => {
  const templates = (body: string, samples = '[a, b]', name = 'done') =>
    localeOf('fr', {
      'templates.yml': `${name}:\n  category: utility\n  body: ${JSON.stringify(body)}\n  samples: ${samples}\n`,
    });

  test('one that Meta takes is read whole', () => {
    const { locale, faults } = templates('Votre demande {{1}} ({{2}}) est terminée.');
    expect(faults).toEqual([]);
    expect(locale.templates).toEqual({
      done: { category: 'utility', body: 'Votre demande {{1}} ({{2}}) est terminée.', samples: ['a', 'b'] },
    });
  });

  test.each<[body: string, samples: string | undefined, name: string | undefined, code: string, line: number]>([
    ['{{1}} est {{2}} fois là.', undefined, undefined, 'template-edge', 3],
    ['Demande {{1}} de {{2}}', undefined, undefined, 'template-edge', 3],
    ['Demande {{1}} {{2}} faite.', undefined, undefined, 'template-edge', 3],
    ['Demande {{2}} de {{1}} faite.', undefined, undefined, 'template-variables', 3],
    ['Demande {{1}} de {{name}} faite.', undefined, undefined, 'template-variables', 3],
    ['Demande {{1}} faite.', undefined, undefined, 'template-samples', 4],
    ['Demande {{1}} de {{2}} faite.', '[a, "b\\nc"]', undefined, 'bad-value', 4],
    [`Demande {{1}} de {{2}} ${'très '.repeat(210)}longue.`, undefined, undefined, 'template-length', 3],
    ['Demande {{1}} de {{2}} faite.', undefined, 'Fini', 'unknown-field', 1],
  ])('"%s" with %s as %s: %s', (body, samples, name, code, line) => {
    expect(templates(body, samples, name).faults).toMatchObject([{ file: 'locales/fr/templates.yml', line, code }]);
  });

  test('what one language has, the others have, with as many variables', () => {
    const french = templates('Demande {{1}} de {{2}} faite.');
    const other = (text: string) => localeOf('en', { 'templates.yml': text });
    const faults = (text: string) => compareLocales([french, other(text)]).map(({ file, code }) => [file, code]);
    expect(faults('{}')).toEqual([['locales/en/templates.yml', 'missing-translation']]);
    expect(faults('done: { category: utility, body: "Request {{1}} done.", samples: [a] }')).toEqual([
      ['locales/en/templates.yml', 'template-variables'],
    ]);
    expect(faults('done: { category: utility, body: "Request {{1}} of {{2}} done.", samples: [a, b] }')).toEqual([]);
    const forAgents = (fields: string) =>
      `done: { category: utility, desk: { title: t, fields: ${fields} }, body: "Request {{1}} of {{2}} done.", samples: [a, b] }`;
    expect(faults(forAgents('[a, b]'))).toEqual([['locales/en/templates.yml', 'template-fields']]);
    expect(localeOf('en', { 'templates.yml': forAgents('[a]') }).faults).toMatchObject([{ code: 'template-fields' }]);
  });
});

describe('on disk', () => {
  const root = join(__dirname, '../..');
  let work: string;

  beforeEach(async () => {
    work = await mkdtemp(join(tmpdir(), 'guichet-towns-'));
    await cp(join(root, 'towns/saint-aubin'), join(work, 'towns/saint-aubin'), { recursive: true });
    for (const language of ['fr', 'en']) {
      const folder = join(work, 'locales', language);
      await mkdir(folder, { recursive: true });
      const written = (name: string) => readFile(join(root, 'locales', language, name), 'utf8');
      const danger = { pack: await written('pack.yml'), ordinary: await written('ordinary.yml') };
      for (const [name, text] of Object.entries({
        sentences: 'a: x',
        phrases: '{}',
        templates: '{}',
        legal: '{}',
        ...danger,
      }))
        await writeFile(join(folder, `${name}.yml`), text);
    }
  });

  afterEach(() => rm(work, { recursive: true, force: true }));

  const folders = () => ({ townsDir: join(work, 'towns'), localesDir: join(work, 'locales') });
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/tools/check-town.js'), ...args], {
      cwd: work,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };

  test('a folder that is not there, or holds no town, is told with its cure', async () => {
    const nowhere = { ...folders(), townsDir: join(work, 'nowhere') };
    await expect(openTowns(nowhere)).rejects.toThrow(/nowhere:1: fault: There is no such folder\.\n.*TOWNS_DIR/);
    await mkdir(join(work, 'empty'));
    await expect(openTowns({ ...folders(), townsDir: join(work, 'empty') })).rejects.toThrow('No folder is in it.');
    expect(run('towns/nowhere')).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no such folder') });
  });

  test('two towns live side by side and nothing of one is visible from the other', async () => {
    const second = join(work, 'towns/second');
    await cp(join(work, 'towns/saint-aubin'), second, { recursive: true });
    await rm(join(second, 'topics/ask_bins.yml'));
    await writeFile(
      join(second, 'town.yml'),
      TOWN.replace('id: desk', 'id: mairie')
        .replace('front_desk: desk', 'front_desk: mairie')
        .replace('id: library', 'id: technique')
        .replace('[library]', '[technique]'),
    );
    await writeFile(join(second, 'topics/ask_hall.yml'), QUESTION.replace(/desk/g, 'mairie').replace('[hole]', '[report_lamp]'));
    await rm(join(second, 'topics/ask_opening.yml'));
    const towns = await openTowns(folders());
    expect(towns.list().map((town) => town.id)).toEqual(['saint-aubin', 'second']);
    expect(towns.topics('saint-aubin').map((topic) => topic.id)).toEqual([
      'ask_bins',
      'ask_hall',
      'ask_opening',
      'report_lamp',
      'report_road',
      'report_tip',
    ]);
    expect(towns.topics('second').map((topic) => topic.id)).toEqual(['ask_hall', 'report_lamp', 'report_road', 'report_tip']);
    expect(towns.topic('saint-aubin', 'ask_hall')!.title.en).toBe('Village hall hire');
    expect(towns.topic('second', 'ask_hall')!.title.en).toBe('Passport');
    expect(towns.topic('second', 'ask_bins')).toBeUndefined();
    expect(towns.get('third')).toBeUndefined();
    expect(towns.topics('third')).toEqual([]);
    expect(towns.locales().map((locale) => locale.code)).toEqual(['en', 'fr']);
    expect(towns.locale('fr')?.name).toBe('français');
    expect(towns.locale('de')).toBeUndefined();
  });

  test('a town with faults is refused with all of them at once', async () => {
    await writeFile(join(work, 'towns/saint-aubin/topics/ask_bins.yml'), 'kind: question\nservice: nobody\n');
    await writeFile(join(work, 'towns/saint-aubin/topics/bad.yml'), 'kind: [\n');
    await rm(join(work, 'locales/en/pack.yml'));
    const error: TownFaults = await openTowns(folders()).then(
      () => null,
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(TownFaults);
    expect(error.code).toBe('town-faults');
    for (const part of ['ask_bins.yml:1', 'bad.yml:', 'locales/en/pack.yml:1']) expect(error.message).toContain(part);
  });

  test('the command says what is wrong and ends with 1, or ends with 0', async () => {
    expect(run('towns/saint-aubin')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^1 town\(s\) checked: 0 fault/m),
    });
    expect(run()).toMatchObject({ status: 0 });
    await writeFile(join(work, 'towns/saint-aubin/topics/ask_bins.yml'), 'kind: question\nservise: mairie\n');
    const broken = run('towns/saint-aubin/');
    expect(broken.status).toBe(1);
    expect(broken.stdout).toMatch(
      /towns\/saint-aubin\/topics\/ask_bins\.yml:2: fault: There is no field "servise" here\.\n {4}Did you mean "service"\?/,
    );
    expect(run('towns/nowhere')).toMatchObject({ status: 2, stderr: expect.stringContaining('nowhere') });
  });
});

describe('authorities that requests are handed to', () => {
  const PARTNERS = `partners:
  - id: departement
    name: { fr: Routes, en: County roads }
    web: https://roads.example
    email: roads@roads.example
    verified: { on: 2026-09-01, until: 2027-08-31, source: https://roads.example }
    topics: [hole]
    photos: true
    open311:
      url: https://311.example/v2/
      services: { hole: X1 }
`;
  const written = (from = '', to = '') => {
    expect(PARTNERS).toContain(from);
    return { ...GOOD, [T]: TOWN + PARTNERS.replace(from, to) };
  };

  test('are read whole', () => {
    const { town, faults } = checkTown(filesOf(written()), LOCALES, NOW);
    expect(faults).toEqual([]);
    expect(town!.partners).toMatchObject([
      {
        ...{ id: 'departement', topics: ['hole'], photos: true },
        open311: { url: 'https://311.example/v2', services: { hole: 'X1' }, format: 'json', onClosed: 'propose' },
      },
    ]);
  });

  test.each([
    ['fr: Routes, en: County roads', 'fr: Routes', 'missing-translation', /./],
    ['    web: https://roads.example\n', '', 'missing-field', /how citizens reach/],
    ['until: 2027-08-31', 'until: 2026-10-01', 'expired', /vouches for "departement"/],
    ['topics: [hole]', 'topics: [passport]', 'unknown-topic', /about "passport"/],
    ['topics: [hole]', 'topics: [hole, hole]', 'twice', /already go to "departement"/],
    ['{ hole: X1 }', '{ holes: X1, other: X }', 'unknown-topic', /no topic "holes"/],
    ['photos: true', 'photos: no', 'bad-value', /./],
    ['https://311.example/v2/', '311.example', 'bad-value', /./],
  ])('%j -> %j is told with its line and its cure', (from, to, code, words) => {
    const found = check(written(from, to)).find((fault) => fault.code === code && words.test(fault.message));
    expect(found ?? check(written(from, to))).toMatchObject({ file: 'towns/test/town.yml', line: expect.any(Number) });
    expect(found!.line).toBeGreaterThan(lineOf(TOWN, 'senders:'));
    expect(found!.fix).toMatch(/\w.*[.?…]$/);
  });

  test('nothing says how a topic goes there, or what it is called there', () => {
    const texts = written('    email: roads@roads.example\n', '');
    const codes = (town: string) => check({ ...texts, [T]: town }).map(({ code, message }) => [code, message]);
    expect(codes(texts[T]!.replace('{ hole: X1 }', '{ passport: X1 }'))).toEqual([
      ['missing-field', expect.stringMatching(/what "hole" is called there/)],
    ]);
    expect(codes(texts[T]!.slice(0, texts[T]!.indexOf('    open311:')))).toEqual([
      ['missing-field', expect.stringMatching(/how requests are handed over/)],
    ]);
  });
});
