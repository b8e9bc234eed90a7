/** A new effect, holder, speaker, channel or lane that nobody carries out does not compile: each is planted here, and refused. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');
const DECISION = 'src/domain/effect.ts';
const CONVERSATION = 'src/domain/conversation.ts';
const COURIER = 'src/domain/message/courier.ts';

/** What is planted: in which file, after which words; and which files then must not compile. */
const PLANTS: Array<{ what: string; file: string; after: string; planted: string; refused: string[] }> = [
  {
    what: 'effect',
    file: DECISION,
    after: 'export type Effect =',
    planted: " | { kind: 'planted' }",
    refused: ['src/mailroom/carry-out.ts'],
  },
  {
    what: 'speaker',
    file: DECISION,
    after: 'export type Speaker =',
    planted: " { kind: 'planted' } |",
    refused: ['src/mailroom/effects/lines.ts'],
  },
  {
    what: 'change of a request',
    file: 'src/domain/ticket/citizen-change.ts',
    after: 'export type TicketChange =',
    planted: " { kind: 'planted' } |",
    refused: ['src/domain/ticket/citizen-change.ts'],
  },
  { what: 'holder', file: CONVERSATION, after: 'export type Holder =', planted: " 'planted' |", refused: [CONVERSATION] },
  {
    what: 'channel',
    file: CONVERSATION,
    after: 'export type Wire =',
    planted: " 'planted' |",
    refused: ['src/app/channels/index.ts', 'test/support/channels/index.ts'],
  },
  { what: 'lane', file: COURIER, after: 'export type Lane =', planted: " 'planted' |", refused: ['src/app/channels/index.ts'] },
];

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  ROOT,
);
const host = ts.createCompilerHost(options);
const sources = new Map<string, ts.SourceFile | undefined>();
let before: ts.Program | undefined;

/** What does not compile of these files when one of the sources reads otherwise. */
function faults(files: string[], changed: Record<string, string>): string[] {
  const texts = new Map(Object.entries(changed).map(([file, text]) => [join(ROOT, file), text]));
  const program = ts.createProgram({
    rootNames: [...new Set(PLANTS.flatMap(({ refused }) => refused))].map((file) => join(ROOT, file)),
    options,
    oldProgram: before,
    host: {
      ...host,
      getSourceFile(name, version) {
        const text = texts.get(name);
        if (text !== undefined) return ts.createSourceFile(name, text, version);
        if (!sources.has(name)) sources.set(name, host.getSourceFile(name, version));
        return sources.get(name);
      },
    },
  });
  before = program;
  return files.filter((file) => program.getSemanticDiagnostics(program.getSourceFile(join(ROOT, file))).length > 0);
}

const all = [...new Set(PLANTS.flatMap(({ refused }) => refused))];

test('as it stands, everything compiles', () => {
  expect(faults(all, {})).toEqual([]);
});

test.each(PLANTS.map((plant) => [plant.what, plant] as const))('a new %s', (_what, { file, after, planted, refused }) => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  expect(text.split(after)).toHaveLength(2);
  expect(faults(refused, { [file]: text.replace(after, `${after}${planted}`) })).toEqual(refused);
});
