/**
 * Who may import whom (docs/architecture.md has the drawing). Each rule says why, and what to do instead. Arrows point at
 * `domain/`; `app.ts` and `app/` alone know everyone. `test/contracts/import-rules.test.ts` plants an edge against each rule.
 */
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

/** Where the build puts a worker's file, how a cache file is kept and what is kept at hand are nobody's business in particular. */
const EVERYBODYS = '^src/((built|cache)-file|recent|recurring|make-folder)';

/** A folder, and all that it may import of `src/`. */
const only = (folder, to, comment) =>
  rule(
    `${folder}-knows-only-its-own`,
    { path: `^src/${folder}/` },
    { path: '^src/', pathNot: [`^src/${folder}/`, '^src/domain/', EVERYBODYS, ...to] },
    comment,
  );

/** A folder that is imported from outside by its index alone, but by those named. */
const face = (folder, but, comment) =>
  rule(
    `${folder}-by-its-face`,
    { path: '^(src|tools|web)/', pathNot: [`^src/${folder}/`, ...but] },
    { path: `^src/${folder}/`, pathNot: `^src/${folder}/index` },
    comment,
  );

/** Outside packages and where each lives. What stands here twice has a reason in docs/architecture.md. */
const HOMES = [
  [['botbuilder', 'botframework-[a-z]+'], ['^src/bot/adapter', '^src/channels/botframework/'], 'the SDK is archived; its replacement must be the work of one file. FIX: use the types of domain/message/activity.ts.'],
  [['mongodb'], ['^src/store/(mongo/|files/gridfs)'], 'a driver is one folder’s work. FIX: go through Collection.'],
  [['libsql'], ['^src/store/sqlite/'], 'a driver is one folder’s work. FIX: go through Collection.'],
  [['twilio'], ['^src/channels/twilio/', '^src/demo/carrier/'], 'a carrier is one folder’s work. FIX: go through the channel port.'],
  [['restify'], ['^src/http/server'], 'the server is one file’s work. FIX: describe a Route.'],
  [['prom-client'], ['^src/http/'], 'metrics are one folder’s work. FIX: count by an event of the log, or hand a figure to createHealth.'],
  [['pino'], ['^src/log'], 'what may be logged is decided in one file. FIX: take a Log as a part.'],
  [['ws'], ['^src/channels/web/streams', '^src/desk/stream/stream'], 'streams are two files’ work. FIX: ask to be woken by one of them.'],
  [['busboy'], ['^src/channels/web/files/'], 'uploads are bounded in one place. FIX: use createReceiving.'],
  [['sharp', 'magic-bytes.js'], ['^src/channels/media'], 'what a file really is is found out in one place. FIX: use inspectMedia.'],
  [['jsonwebtoken'], ['^src/channels/web/tokens'], 'who may speak for a citizen is decided in one file. FIX: use createTokens.'],
  [['rate-limiter-flexible'], ['^src/channels/web/allowance', '^src/channels/twilio/outgoing/pace', '^src/desk/people/attempts', '^src/api/keys'], 'limits stand where they are looked for. FIX: use the allowance, pace, attempts or keys that are there.'],
  [['@node-rs/argon2', 'cookie'], ['^src/desk/people/', '^src/desk/api/directory'], 'passwords and sessions are one folder’s work. FIX: ask the desk’s people.'],
  [['openid-client'], ['^src/desk/people/directory'], 'who vouches for agents is decided in one file. FIX: ask the directory.'],
  [['csv-stringify', 'csv-parse'], ['^src/desk/(present/csv|tickets/read-import)'], 'files for a spreadsheet are written in one way. FIX: answer with csvFile.'],
  [['@turf/.*'], ['^src/domain/land/', '^src/towns/(read|check)/'], 'in which sector something lies is asked in one file, and outlines are checked where a town is read. FIX: ask sectorOf.'],
  [['fast-xml-parser'], ['^src/api/open311/', '^src/couriers/open311/'], 'XML is spoken by one protocol. FIX: answer through open311/format.ts.'],
  [['yaml', 'js-yaml'], ['^src/towns/yaml/yaml-(source|lines)', '^src/towns/publish/edit-topic'], 'files of clerks are read with their lines, and edited, in one place each. FIX: use readYaml or editTopic.'],
  [['date-holidays'], ['^src/towns/'], 'it is large, and loaded where towns are read. FIX: ask the calendar.'],
  [['nodemailer', 'postal-mime'], ['^src/channels/email/'], 'mail is one folder’s work. FIX: post a letter of the lane email.'],
  [['@microsoft/recognizers-text.*'], ['^src/understanding/entities/'], 'they can freeze the process and live in a worker. FIX: use Understanding.read.'],
  [['chrono-node', 'date-easter'], ['^src/understanding/entities/dates/'], 'dates are read in one place. FIX: use Understanding.read.'],
  [['natural'], ['^src/understanding/text/stems'], 'its front door brings databases along. FIX: use stemmerOf.'],
  [['lru-cache'], ['^src/recent'], 'what is kept at hand is bounded in one way. FIX: use createRecent or remembering.'],
  [['libphonenumber-js'], ['^src/understanding/entities/phones', '^src/channels/twilio/reach', '^src/towns/check/', '^src/bot/wording', '^src/desk/api/search'], 'what is a number is asked where numbers are read, reached, checked, written and searched. FIX: ask one of these.'],
];
/** Used wherever outside data is parsed, and wherever there is a date. */
const EVERYWHERE = ['zod', 'luxon'];

module.exports = {
  forbidden: [
    only('domain', [], 'WHY: the words and rules of the house must be readable without any machinery. FIX: move what needs more out of domain/, and pass it in.'),
    only('dialogs', [], 'WHY: a dialog must be testable as arithmetic. FIX: ask for what you need through `Talk`.'),
    only('bot', ['^src/dialogs/(index|dialog)', '^src/understanding/index'], 'WHY: the bot decides and never does. FIX: return an effect; the mailroom carries it out.'),
    only('understanding', [], 'WHY: what words mean must be measurable without a running house. FIX: take what you need as an argument.'),
    only('channels', [], 'WHY: a channel translates a wire format and nothing else. FIX: take what you need as a part from app.ts.'),
    only('couriers', [], 'WHY: a courier delivers one letter and says what became of it; order and tries are the mailroom’s. FIX: take what you need as a part in app/couriers.ts.'),
    only('store', [], 'WHY: rows are rows; what they mean is decided elsewhere. FIX: move the decision to the mailroom or the desk.'),
    only('mailroom', ['^src/store/'], 'WHY: bot and channels are handed in, so that a test can hand in others. FIX: add it to MailroomParts.'),
    only('live', ['^src/store/'], 'WHY: who reads the feed is not its business. FIX: let the reader ask for a cursor.'),
    only('desk', ['^src/store/'], 'WHY: the desk decides what people ask for; the mailroom carries it out. FIX: add it to DeskParts.'),
    only('api', ['^src/store/'], 'WHY: other programs see what is presented to them; what is done goes through the mailroom. FIX: take it as a part from app/.'),
    only('rights', ['^src/store/'], 'WHY: what is taken away, and when, is decided in one room. FIX: take what you need as a part.'),
    only('towns', [], 'WHY: reading a folder must not need a running house. FIX: return data.'),
    only('demo', ['^src/start-fault'], 'WHY: a demo plays the outside world, and the outside world knows no rooms of ours. FIX: hand it what it needs in app/.'),
    only('http', [], 'WHY: the door knows no rooms. FIX: describe a Route in the part that owns it and hand it over in app.ts.'),
    rule('demo-stays-a-demo', { path: '^src/', pathNot: '^src/(app|demo)/' }, { path: '^src/demo/' },
      'WHY: a live town hall runs without it. FIX: move what both need out of demo/.'),
    rule('app-is-the-top', { path: '^src/', pathNot: '^src/(main|app)' }, { path: '^src/(main|app)' },
      'WHY: the composition root knows everyone, so nobody may know it. FIX: take what you need as a part.'),
    rule('config-is-read-at-the-top', { path: '^src/', pathNot: '^src/(main|app|config)' }, { path: '^src/config' },
      'WHY: a part is made from values, not from settings. FIX: let app/ hand the value over.'),
    rule('channels-do-not-know-each-other', { path: '^src/channels/([^/]+)/' }, { path: '^src/channels/[^/]+/', pathNot: '^src/channels/$1/' },
      'WHY: one channel must be removable without touching another. FIX: share through a neutral file beside them.'),
    rule('web-knows-no-telephone', { path: '^src/channels/web/' }, { path: '^src/channels/(sms|whatsapp|plain-words|fragment-pause)' },
      'WHY: what telephones share is not for pages. FIX: share through channel.ts, media.ts or another neutral file.'),
    face('understanding', [], 'WHY: what is behind it may be replaced by anything that hears. FIX: use what understanding/index.ts exports, or export it there.'),
    face('mailroom', [], 'WHY: its insides keep promises together. FIX: use what mailroom/index.ts exports, or export it there.'),
    face('live', [], 'WHY: its insides keep promises together. FIX: use what live/index.ts exports, or export it there.'),
    face('desk', ['^web/desk/'], 'WHY: routes and rules of the desk change together. FIX: use what desk/index.ts exports, or export it there.'),
    face('rights', [], 'WHY: what must go together goes together. FIX: use what rights/index.ts exports, or export it there.'),
    face('api', [], 'WHY: what other programs rely on is kept together. FIX: use what api/index.ts exports, or export it there.'),
    rule('store-is-handed-over', { path: '^src/(live|desk|api|rights)/' }, { path: '^src/store/', pathNot: '^src/store/collection', dependencyTypesNot: ['type-only'] },
      'WHY: rows are handed in, so that nobody opens a second store. FIX: import the type, take the repository as a part.'),
    rule('pages-know-words-alone', { path: '^web/' }, { path: '^src/', pathNot: '^src/domain/', dependencyTypesNot: ['type-only'] },
      'WHY: what runs in a browser is not the server’s code; rules of the domain run anywhere. FIX: import the type, or write it in web/.'),
    rule('product-without-tools', { path: '^(src|web)/' }, { path: '^tools/' },
      'WHY: what serves citizens must run without the commands. FIX: move the shared piece into src/.'),
    rule('tests-stay-outside', { path: '^(src|tools|web)/' }, { path: '^test/' },
      'WHY: what ships must not lean on what tests. FIX: move the shared piece into src/ or tools/.'),
    rule('no-circles', { path: '^(src|tools|web)/' }, { circular: true },
      'WHY: a circle has no bottom to start reading from. FIX: move what both need into a third file.'),
    ...HOMES.map(([packages, files, why]) =>
      rule(`home-of-${packages[0].replace(/^@/, '').replace(/[^a-z0-9-].*$/, '')}`, { path: '^src/', pathNot: files },
        { path: packages.map((each) => `node_modules/${each}/`) }, `WHY: ${why}`)),
    rule('every-package-has-a-home', { path: '^src/' },
      { path: 'node_modules/', pathNot: [...HOMES.flatMap(([packages]) => packages), ...EVERYWHERE].map((each) => `node_modules/(@types/)?${each}/`) },
      'WHY: a library’s death must be one place’s work. FIX: give it a home in HOMES, in one folder.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'require', 'import', 'types', 'default'] },
    exclude: { path: '(^dist/|^test/clients/node_modules)' },
  },
};
