/**
 * Who may import whom (docs/architecture.md has the drawing). Each rule says why, and what to do
 * instead. Arrows point at `domain/`; `app.ts` alone knows everyone.
 */
const only = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  // Where the build puts a worker's file, and how a file is kept, are nobody's business in particular.
  to: { path: '^src/', pathNot: [...to, '^src/(built|cache)-file'] },
});

const home = (name, packages, files, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: '^src/', pathNot: files },
  to: { path: packages.map((each) => `node_modules/${each}/`) },
});

module.exports = {
  forbidden: [
    only('domain-imports-nothing', '^src/domain/', ['^src/domain/'],
      'WHY: the words and rules of the house must be readable without any machinery. FIX: move what needs more out of domain/, and pass it in.'),
    only('dialogs-know-only-the-domain', '^src/dialogs/', ['^src/dialogs/', '^src/domain/'],
      'WHY: a dialog must be testable as arithmetic. FIX: ask for what you need through `Talk`.'),
    only('bot-knows-domain-and-dialogs', '^src/bot/', ['^src/bot/', '^src/dialogs/index', '^src/dialogs/dialog', '^src/understanding/index', '^src/domain/'],
      'WHY: the bot decides and never does. FIX: return an effect; the mailroom carries it out.'),
    only('understanding-knows-only-the-domain', '^src/understanding/', ['^src/understanding/', '^src/domain/'],
      'WHY: what words mean must be measurable without a running house. FIX: take what you need as an argument.'),
    only('channels-know-only-the-domain', '^src/channels/', ['^src/channels/', '^src/domain/'],
      'WHY: a channel translates a wire format and nothing else. FIX: take what you need as a part from app.ts.'),
    {
      name: 'channels-do-not-know-each-other', severity: 'error',
      comment: 'WHY: one channel must be removable without touching another. FIX: share through channel.ts, media.ts or a neutral file beside them.',
      from: { path: '^src/channels/web/' }, to: { path: '^src/channels/(twilio|botframework|sms|whatsapp)' },
    },
    {
      name: 'web-channel-stays-alone', severity: 'error',
      comment: 'WHY: one channel must be removable without touching another. FIX: share through channel.ts, media.ts or a neutral file beside them.',
      from: { path: '^src/channels/(twilio|botframework)' }, to: { path: '^src/channels/web/' },
    },
    only('store-knows-only-the-domain', '^src/store/', ['^src/store/', '^src/domain/'],
      'WHY: rows are rows; what they mean is decided elsewhere. FIX: move the decision to the mailroom or the desk.'),
    only('mailroom-is-handed-its-parts', '^src/mailroom/', ['^src/mailroom/', '^src/domain/', '^src/store/'],
      'WHY: bot and channels are handed in, so that a test can hand in others. FIX: add it to MailroomParts.'),
    only('live-knows-rows', '^src/live/', ['^src/live/', '^src/domain/', '^src/store/rows/'],
      'WHY: the feed says that something changed, not what it means. FIX: follow it from the part that shows it.'),
    only('towns-know-only-the-domain', '^src/towns/', ['^src/towns/', '^src/domain/'],
      'WHY: reading a folder must not need a running house. FIX: return data.'),
    only('desk-knows-domain-and-store', '^src/desk/', ['^src/desk/', '^src/domain/', '^src/store/'],
      'WHY: what people decide must not lean on how messages travel. FIX: take what you need as a part from app.ts.'),
    only('http-mounts-what-it-is-handed', '^src/http/', ['^src/http/', '^src/domain/'],
      'WHY: the door knows no rooms. FIX: describe a Route in the part that owns it and hand it over in app.ts.'),
    home('sdk-bot-has-one-home', ['botbuilder', 'botframework-connector', 'botframework-schema'], ['^src/bot/adapter', '^src/channels/botframework'],
      'WHY: the SDK is archived; its replacement must be the work of one file. FIX: use the types of domain/activity.ts.'),
    home('mongodb-has-one-home', ['mongodb'], ['^src/store/(mongo/|files/gridfs)'], 'WHY: one file per outside package. FIX: go through Collection.'),
    home('libsql-has-one-home', ['libsql'], ['^src/store/sqlite/'], 'WHY: one file per outside package. FIX: go through Collection.'),
    home('twilio-has-one-home', ['twilio'], ['^src/channels/twilio/', '^src/demo/carrier/'], 'WHY: one folder per outside package. FIX: go through the channel port.'),
    home('restify-has-one-home', ['restify'], ['^src/http/server'], 'WHY: one file per outside package. FIX: describe a Route.'),
    home('recognizers-have-one-home', ['@microsoft/recognizers-text'], ['^src/understanding/'], 'WHY: they can freeze the process and live in a worker. FIX: use Understanding.read.'),
    home('natural-has-one-home', ['natural'], ['^src/understanding/'], 'WHY: one folder per outside package. FIX: use Understanding.hear.'),
    home('argon2-has-one-home', ['@node-rs/argon2'], ['^src/desk/people/passwords'], 'WHY: one file per outside package. FIX: go through passwords.ts.'),
    {
      name: 'no-circles', severity: 'error',
      comment: 'WHY: a circle has no bottom to start reading from. FIX: move what both need into a third file.',
      from: { path: '^src/' }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'tests-stay-outside', severity: 'error',
      comment: 'WHY: what ships must not lean on what tests. FIX: move the shared piece into src/ or tools/.',
      from: { path: '^(src|tools|web)/' }, to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '(^dist/|^test/clients/node_modules)' },
  },
};
