/**
 * The import rules refuse what they are there to refuse: into a copy of the source one forbidden edge is planted against
 * each rule, and each is named. A rule that nothing is planted against fails here, so a new one comes with its edge.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const RULES: Array<{ name: string; comment: string }> = require(join(ROOT, '.dependency-cruiser.cjs')).forbidden;

/** By rule: the folder that must stay as it is, and what a file in it imports. */
const EDGES: Record<string, [folder: string, line: string]> = {
  'domain-knows-only-its-own': ['src/domain', "import '../store'"],
  'dialogs-knows-only-its-own': ['src/dialogs/form', "import '../../bot'"],
  'bot-knows-only-its-own': ['src/bot', "import '../mailroom'"],
  'understanding-knows-only-its-own': ['src/understanding/text', "import '../../towns'"],
  'channels-knows-only-its-own': ['src/channels/twilio', "import '../../store/rows/mail'"],
  'couriers-knows-only-its-own': ['src/couriers', "import '../channels/plain-words'"],
  'store-knows-only-its-own': ['src/store/rows', "import '../../mailroom'"],
  'mailroom-knows-only-its-own': ['src/mailroom', "import '../bot'"],
  'live-knows-only-its-own': ['src/live', "import '../mailroom'"],
  'desk-knows-only-its-own': ['src/desk/queue', "import '../../live'"],
  'api-knows-only-its-own': ['src/api', "import '../mailroom'"],
  'rights-knows-only-its-own': ['src/rights', "import '../desk'"],
  'towns-knows-only-its-own': ['src/towns/read', "import '../../store'"],
  'demo-knows-only-its-own': ['src/demo/carrier', "import '../../towns'"],
  'http-knows-only-its-own': ['src/http', "import '../log'"],
  'demo-stays-a-demo': ['src/http', "import '../demo/carrier'"],
  'app-is-the-top': ['src/demo', "import '../app/house'"],
  'config-is-read-at-the-top': ['src/demo', "import '../config'"],
  'channels-do-not-know-each-other': ['src/channels/twilio/outgoing', "import '../../botframework'"],
  'web-knows-no-telephone': ['src/channels/web', "import '../sms'"],
  'understanding-by-its-face': ['src/bot', "import '../understanding/text/words'"],
  'mailroom-by-its-face': ['src/app', "import '../mailroom/inbox'"],
  'live-by-its-face': ['src/app', "import '../live/writing'"],
  'desk-by-its-face': ['tools', "import '../src/desk/wire'"],
  'api-by-its-face': ['src/app', "import '../api/hooks/letters'"],
  'rights-by-its-face': ['src/app', "import '../rights/erasing'"],
  'store-is-handed-over': ['src/live', "import { createFeed } from '../store/rows/feed'"],
  'pages-know-words-alone': ['web/desk', "import '../../src/desk'"],
  'product-without-tools': ['src/demo', "import '../../tools/free-port'"],
  'tests-stay-outside': ['tools', "import '../test/support/scratch'"],
  // A circle of types alone is one too.
  'no-circles': ['src/domain', "import type { Planted } from './planted'; export type Planted = unknown"],
  'home-of-botbuilder': ['src/mailroom', "import 'botbuilder'"],
  'home-of-mongodb': ['src/store/rows', "import 'mongodb'"],
  'home-of-libsql': ['src/store/rows', "import 'libsql'"],
  'home-of-twilio': ['src/app', "import 'twilio'"],
  'home-of-restify': ['src/app', "import 'restify'"],
  'home-of-prom-client': ['src/mailroom', "import 'prom-client'"],
  'home-of-pino': ['src/app', "import 'pino'"],
  'home-of-ws': ['src/http', "import 'ws'"],
  'home-of-busboy': ['src/channels/twilio', "import 'busboy'"],
  'home-of-sharp': ['src/channels/web', "import 'sharp'"],
  'home-of-jsonwebtoken': ['src/desk/people', "import 'jsonwebtoken'"],
  'home-of-rate-limiter-flexible': ['src/http', "import 'rate-limiter-flexible'"],
  'home-of-node-rs': ['src/http', "import '@node-rs/argon2'"],
  'home-of-openid-client': ['src/http', "import 'openid-client'"],
  'home-of-csv-stringify': ['src/http', "import 'csv-stringify/sync'"],
  'home-of-turf': ['src/http', "import '@turf/boolean-point-in-polygon'"],
  'home-of-fast-xml-parser': ['src/http', "import 'fast-xml-parser'"],
  'home-of-yaml': ['src/app', "import 'yaml'"],
  'home-of-date-holidays': ['src/bot', "import 'date-holidays'"],
  'home-of-microsoft': ['src/bot', "import '@microsoft/recognizers-text-suite'"],
  'home-of-chrono-node': ['src/understanding/text', "import 'chrono-node'"],
  'home-of-natural': ['src/understanding/topics', "import 'natural/lib/natural/stemmers/porter_stemmer_fr'"],
  'home-of-lru-cache': ['src/bot', "import 'lru-cache'"],
  'home-of-libphonenumber-js': ['src/http', "import 'libphonenumber-js'"],
  'home-of-nodemailer': ['src/mailroom', "import 'nodemailer'"],
  'every-package-has-a-home': ['src/http', "import 'typescript'"],
};

let scratch = '';
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('each rule refuses the edge that is planted against it', () => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'guichet-imports-')));
  for (const part of ['src', 'tools', 'web', 'test/support']) cpSync(join(ROOT, part), join(scratch, part), { recursive: true });
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) cpSync(join(ROOT, file), join(scratch, file));
  symlinkSync(join(ROOT, 'node_modules'), join(scratch, 'node_modules'));
  const planted = Object.entries(EDGES).map(([rule, [folder, line]]) => {
    const file = `${folder}/${rule === 'no-circles' ? 'planted' : `planted-${rule}`}.ts`;
    writeFileSync(join(scratch, file), `${line};\n`);
    return { rule, file };
  });

  const cli = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const run = [cli, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'tools', 'web'];
  const output = execFileSync(process.execPath, run, { cwd: scratch, encoding: 'utf8', maxBuffer: 512 * 1024 * 1024 });
  const { violations } = JSON.parse(output).summary as { violations: Array<{ from: string; rule: { name: string } }> };
  const refused = violations.map(({ from, rule }) => ({ rule: rule.name, file: from }));

  expect(planted.filter(({ rule, file }) => !refused.some((one) => one.rule === rule && one.file === file))).toEqual([]);
  // Nothing but what was planted: the tree itself keeps every rule.
  expect(refused.filter(({ file }) => !/\/planted[^/]*\.ts$/.test(file))).toEqual([]);
});

test('each rule has an edge planted against it, says why it is there and what to do instead', () => {
  expect(RULES.map(({ name }) => name).sort()).toEqual(Object.keys(EDGES).sort());
  expect(RULES.filter(({ comment }) => !/^WHY: .+ FIX: .+\.$/.test(comment))).toEqual([]);
});

test('accents are taken off in one place, so that the same word is the same everywhere', () => {
  const folding = ['src', 'web'].flatMap((part) =>
    readdirSync(join(ROOT, part), { recursive: true, encoding: 'utf8' })
      .map((name) => `${part}/${name}`)
      .filter(
        (name) =>
          /\.tsx?$/.test(name) &&
          /normalize\(['"`]NFK?D|\\u0300-\\u036f|\\p\{M\}\/gu/.test(readFileSync(join(ROOT, name), 'utf8')),
      ),
  );
  expect(folding).toEqual(['src/domain/language/words.ts']);
});
