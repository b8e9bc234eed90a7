/** check-town reads what citizens will read: each kind of harm in a text is told where it stands, with its likely cause. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFolders, type Fault } from '../../src/towns';
import { openScreening } from '../support/screening';

const ROOT = join(__dirname, '../..');
const NOW = new Date('2026-12-01T08:30:00Z');
const BINS = 'topics/ask_bins.yml';

let folder: string;
let town: string;
let localesDir: string;

const check = (folders = [town]) => checkFolders(folders, localesDir, NOW, openScreening);
const written = (path = BINS) => readFileSync(join(town, path), 'utf8');
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

type Place = 'phrase' | 'answer';

const HARMFUL: Array<[where: Place, yaml: string, code: string, words: RegExp]> = [
  ['answer', 'Les bacs sont relev\ufffds le mardi.', 'encoding', /accents were lost.*relev/],
  ['answer', 'Les bacs sont relev\u00c3\u00a9s le mardi.', 'encoding', /accents were lost/],
  ['answer', 'Les bacs <b>verts</b> le mardi.', 'markup', /"<b>"/],
  ['answer', 'Le mardi.<br/>Le jeudi.', 'markup', /"<br\/>"/],
  ['answer', 'Le mardi&nbsp;matin, bacs verts.', 'markup', /"&nbsp;"/],
  ['answer', 'Le **mardi** matin.', 'markup', /Markdown/],
  ['answer', '"Bacs\\u0007 verts le mardi."', 'control-sign', /U\+0007/],
  ['answer', 'Bacs\u200b verts le mardi.', 'control-sign', /U\+200B/],
  ['answer', '"Bac\\tJour\\nVert\\tMardi"', 'tab', /tab/],
  ['answer', `"${'Mardi, rue Pasteur.\\n'.repeat(300)}"`, 'long-text', /300 line|301 line/],
  [
    'answer',
    'The green bins are collected every Tuesday morning, so please put yours out on Monday evening.',
    'wrong-language',
    /English/,
  ],
  ['answer', 'Sortez le bac no #3 le mardi.', 'cut-text', /ends at "Sortez le bac no"/],
  ['phrase', 'ma poubelle #3 est cassée', 'cut-text', /ends at "ma poubelle"/],
  ['phrase', 'Oui !', 'phrase-taken', /heard as "yes"/],
  ['phrase', 'non merci', 'phrase-taken', /heard as "no"/],
  ['phrase', 'stop', 'phrase-taken', /get messages or not/],
  ['phrase', "ne m'envoyez plus de sms", 'phrase-taken', /get messages or not/],
  ['phrase', 'au secours il y a le feu chez moi', 'phrase-taken', /taken for danger/],
  ['phrase', 'mon chien a mordu un enfant', 'phrase-taken', /taken for danger/],
  ['phrase', 'my bin has not been emptied since last Tuesday', 'wrong-language', /phrase.*English/],
  ['answer', 'Os contentores são recolhidos todas as terças.', 'wrong-language', /Portuguese/],
  ['answer', 'Die Tonnen werden am Dienstag geleert.', 'wrong-language', /German/],
  ['answer', 'Le bidonate si svuotano il martedì.', 'wrong-language', /Italian/],
  ['answer', 'Put your bins out on Monday night.', 'wrong-language', /English/],
];

const DOUBTFUL: Array<[where: Place, yaml: string, code: string, words: RegExp]> = [
  ['phrase', `"${'les bacs de ma rue '.repeat(20)}"`, 'long-text', /characters/],
  [
    'answer',
    `"${'Les bacs verts sont levés tôt mardi. Été comme hiver, même les jours fériés. '.repeat(12)}"`,
    'long-text',
    /pieces by SMS/,
  ],
];

const GOOD: Array<[where: Place, yaml: string]> = [
  ['answer', 'Les bacs verts sont levés le mardi.   # vu avec le service'],
  ['answer', '"Sortez le bac no #3 le mardi, à 5 < 6 h & avant midi."'],
  ['answer', 'Bins.'],
  ['answer', 'Guichet SNCF, Crédit Agricole'],
  ['phrase', 'tag nazi rue Simone Veil'],
  ['phrase', 'ambulance pour un rendez-vous'],
  ['phrase', "l'ascenseur est en panne dans mon immeuble"],
  ['phrase', 'le bac a pris feu le mois dernier, il en faut un autre'],
  ['phrase', 'oui mais quel jour passe le camion des bacs'],
];

describe('the topic about bins, once its first phrase, or its first answer, in French is something else:', () => {
  const cases = [...HARMFUL, ...DOUBTFUL, ...GOOD];
  let shared: string;
  let found: Fault[];
  const texts: string[] = [];

  // Each is a town of its own, and all are checked at once: the languages are read once.
  beforeAll(async () => {
    shared = mkdtempSync(join(tmpdir(), 'guichet-text-'));
    const towns = cases.map(([where, yaml], at) => {
      const path = join(shared, `town-${at}`);
      cpSync(join(ROOT, 'towns/saint-aubin'), path, { recursive: true });
      // What is filled in would have to stand in both languages.
      const text = readFileSync(join(path, BINS), 'utf8').replace(/\{\w+\}/g, 'x');
      const changed =
        where === 'phrase'
          ? text.replace(/^(phrases:.*\n {2}fr:.*\n)( {4}- ).*$/m, (_, head, dash) => `${head}${dash}${yaml}`)
          : text.replace(/^(answer:.*\n) {2}fr:[\s\S]*?\n(?= {2}en:)/m, (_, head) => `${head}  fr: ${yaml}\n`);
      expect(changed).not.toBe(text);
      writeFileSync(join(path, BINS), changed);
      texts.push(changed);
      return path;
    });
    found = await checkFolders(towns, join(ROOT, 'locales'), NOW, openScreening);
  });
  afterAll(() => rmSync(shared, { recursive: true, force: true }));

  function faultsOf(at: number): Fault[] {
    const faults = found.filter(({ file }) => file.endsWith(`town-${at}/${BINS}`));
    for (const fault of faults) expect(fault.fix).toMatch(/\w.*[.]$/);
    if (faults.length > 0) expect(faults[0]!.line).toBe(lineOf(texts[at]!, cases[at]![1]));
    return faults;
  }

  test.each(HARMFUL.map(([where, yaml, ...told], at) => [where, yaml.slice(0, 40), at, ...told] as const))(
    '%# in a(n) %s: %s',
    (_where, _yaml, at, code, words) => {
      expect(faultsOf(at).filter((fault) => fault.code === code)).toMatchObject([
        { severity: 'fault', message: expect.stringMatching(words) },
      ]);
    },
  );

  test.each(DOUBTFUL.map(([where, yaml, ...told], at) => [where, yaml.slice(0, 40), HARMFUL.length + at, ...told] as const))(
    '%# in a(n) %s only warns: %s',
    (_where, _yaml, at, code, words) =>
      expect(faultsOf(at)).toMatchObject([{ code, severity: 'warning', message: expect.stringMatching(words) }]),
  );

  test.each(GOOD.map(([where, yaml], at) => [where, yaml.slice(0, 40), cases.length - GOOD.length + at] as const))(
    '%# in a(n) %s is good: %s',
    (_where, _yaml, at) => expect(faultsOf(at)).toEqual([]),
  );
});

describe('a town that was changed', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guichet-text-'));
    town = join(folder, 'towns/saint-aubin');
    localesDir = join(folder, 'locales');
    cpSync(join(ROOT, 'towns/saint-aubin'), town, { recursive: true });
    cpSync(join(ROOT, 'locales'), localesDir, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('a line of a list that is indented deeper by one space is told, where it stands', async () => {
    const text = written();
    const [, second = ''] = /^ {2}fr:.*\n {4}- .*\n {4}(- .*)\n/m.exec(text)!;
    const changed = text.replace(`    ${second}`, `     ${second}`);
    writeFileSync(join(town, BINS), changed);
    expect((await check()).filter(({ file }) => file.endsWith(BINS))).toMatchObject([
      { code: 'yaml', severity: 'fault', line: lineOf(changed, second), message: expect.stringMatching(/end of the text above/) },
    ]);
  });

  test('a whole list of phrases in another language is told once', async () => {
    const text = written();
    const [, english = ''] = /^ {2}en:.*\n((?: {4}- .*\n)+)/m.exec(text)!;
    const swapped = text.replace(/^( {2}fr:.*\n)(?: {4}- .*\n)+/m, (_, head) => head + english.replace(/- /g, '- please, '));
    writeFileSync(join(town, BINS), swapped);
    expect((await check()).filter(({ code }) => code === 'wrong-language')).toMatchObject([
      { message: expect.stringMatching(/phrases.*English/) },
    ]);
  });

  test.each<[name: string, bytes: (text: string) => Buffer, words: string]>([
    ['Latin-1', (text) => Buffer.from(text.replace(/[^\0-\xff]/g, '-'), 'latin1'), 'saved as Latin-1'],
    ['UTF-16 with a mark', (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), 'saved as UTF-16'],
    ['UTF-16 the other way round', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'saved as UTF-16'],
    ['UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le'), 'saved as UTF-16'],
  ])('a file in %s is told once, as that', async (_, bytes, words) => {
    for (const path of [join(town, BINS), join(localesDir, 'fr/sentences.yml'), join(localesDir, 'foreign/es.yml')]) {
      writeFileSync(path, bytes(readFileSync(path, 'utf8')));
    }
    const faults = (await check()).filter(({ severity }) => severity === 'fault');
    expect(faults.map(({ file, code }) => [file, code])).toEqual([
      ['locales/foreign/es.yml', 'encoding'],
      ['locales/fr/sentences.yml', 'encoding'],
      [`towns/saint-aubin/${BINS}`, 'encoding'],
    ]);
    for (const fault of faults)
      expect(fault).toMatchObject({ message: expect.stringContaining(words), fix: expect.stringContaining('UTF-8') });
  });

  function edit(file: string, from: string, to: string): void {
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(from);
    writeFileSync(file, text.replace(from, to));
  }

  test('UTF-8 with a mark is UTF-8', async () => {
    writeFileSync(join(town, BINS), `\ufeff${written()}`);
    expect((await check()).filter(({ file }) => file.endsWith(BINS))).toEqual([]);
  });

  test('what the product itself says is read too', async () => {
    const file = join(localesDir, 'fr/sentences.yml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^bye: .*$/m, 'bye: Bonne <b>journée</b>'));
    expect((await check()).filter(({ code }) => code === 'markup')).toMatchObject([{ file: 'locales/fr/sentences.yml' }]);
  });

  test.each<[where: string, change: (path: string) => void, code: string, file: string]>([
    [
      'a service of the town',
      (path) => edit(join(path, 'town.yml'), 'Secrétariat de mairie,', 'Secr\ufffdtariat,'),
      'encoding',
      'town.yml',
    ],
    [
      'why the town is closed',
      (path) => edit(join(path, 'town.yml'), "fr: Pont de l'Ascension", 'fr: <i>Pont</i>'),
      'markup',
      'town.yml',
    ],
    [
      'the name of a page',
      (path) => edit(join(path, 'town.yml'), 'la page des déchets', 'la page&nbsp;des déchets'),
      'markup',
      'town.yml',
    ],
    ['a street', (path) => edit(join(path, 'streets.csv'), 'Impasse', 'Impa\ufffd'), 'encoding', 'streets.csv'],
    ['a landmark', (path) => edit(join(path, 'landmarks.yml'), 'name: ', 'name: \u200b'), 'control-sign', 'landmarks.yml'],
  ])('%s is read too', async (_, change, code, file) => {
    change(town);
    expect((await check()).filter((fault) => fault.code === code)).toMatchObject([{ file: `towns/saint-aubin/${file}` }]);
  });

  test.each(['fr', 'en'])('a sentence of %s that nobody translated is told', async (code) => {
    const file = join(localesDir, code, 'sentences.yml');
    const strange = code === 'fr' ? 'The town hall will call you back tomorrow.' : 'La mairie vous rappellera demain matin.';
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^bye: .*$/m, `bye: ${strange}`));
    expect((await check()).filter((fault) => fault.code === 'wrong-language')).toMatchObject([
      { file: `locales/${code}/sentences.yml`, severity: 'fault' },
    ]);
  });

  test('a language that the product lacks is said once, with what lacks it, and leads to the recipe', async () => {
    edit(join(town, 'town.yml'), 'languages: [fr, en]', 'languages: [fr, en, pt]');
    const faults = (await check()).filter(({ severity, message }) => severity === 'fault' && message.includes('"pt"'));
    expect(faults).toMatchObject([
      {
        file: 'towns/saint-aubin/town.yml',
        code: 'unknown-language',
        message: expect.stringMatching(/does not speak "pt" yet\. \d\d+ text\(s\) in 7 file\(s\) of the town lack it too/),
        fix: expect.stringMatching(/"A language" in CONTRIBUTING\.md/),
      },
    ]);
  });

  test('a language that many copied files lack, or have too much of, is said once for all of them', async () => {
    edit(join(town, 'town.yml'), 'languages: [fr, en]', 'languages: [fr]');
    const found = (await check()).filter(({ message }) => message.includes('"en"'));
    expect(found).toMatchObject([
      {
        code: 'unspoken-language',
        severity: 'warning',
        message: expect.stringMatching(/The same goes for \d+ more text\(s\) in 7 files/),
      },
    ]);
  });

  test('a town that borrows the files of other offices from a folder that is not there is told', async () => {
    expect(await check()).toMatchObject([
      {
        file: 'towns/saint-aubin/town.yml',
        code: 'missing-folder',
        severity: 'warning',
        message: expect.stringMatching(/"bellerive"/),
      },
    ]);
    cpSync(join(ROOT, 'towns/bellerive'), join(folder, 'towns/bellerive'), { recursive: true });
    expect(await check()).toEqual([]);
  });

  test('a topic copied whole is told once, with a count', async () => {
    writeFileSync(join(town, 'topics/ask_bins_2.yml'), written());
    const faults = (await check()).filter(({ code }) => code === 'phrase-claimed');
    expect(faults).toMatchObject([
      { file: 'towns/saint-aubin/topics/ask_bins_2.yml', message: expect.stringMatching(/The same goes for \d\d+ more/) },
    ]);
  });

  test('a language pack that lacks something is told', async () => {
    writeFileSync(join(localesDir, 'fr/pack.yml'), 'name: français\n');
    const told = (await check()).filter(({ code }) => code === 'bad-pack');
    expect(told.length).toBeGreaterThan(0);
    for (const fault of told) expect(fault).toMatchObject({ file: 'locales/fr/pack.yml', severity: 'fault' });
  });

  test('a field of a language pack that nobody reads is refused, with its line', async () => {
    const file = join(localesDir, 'fr/pack.yml');
    const lines = readFileSync(file, 'utf8').split('\n');
    const at = lines.findIndex((line) => /^ {2}twelve_hours:/.test(line));
    lines.splice(at, 0, '  thirteen_hours: [treize]');
    writeFileSync(file, lines.join('\n'));
    expect((await check()).filter(({ code }) => code === 'bad-pack')).toMatchObject([
      { file: 'locales/fr/pack.yml', line: at + 1, message: expect.stringMatching(/time\.thirteen_hours: nobody reads/) },
    ]);
  });

  test('the examples of docs/topics.md have nothing to mend', async () => {
    const bellerive = join(folder, 'towns/bellerive');
    cpSync(join(ROOT, 'towns/bellerive'), bellerive, { recursive: true });
    const examples = [
      ...readFileSync(join(ROOT, 'docs/topics.md'), 'utf8').matchAll(/```yaml\n# towns\/bellerive\/(\S+)\n([\s\S]*?)```/g),
    ];
    expect(examples.map(([, path]) => path)).toHaveLength(3);
    for (const [, path, text] of examples) writeFileSync(join(bellerive, path!), text!);
    const own = examples.map(([, path]) => `towns/bellerive/${path}`);
    expect((await check([bellerive])).filter(({ file }) => own.includes(file))).toEqual([]);
  });
});
