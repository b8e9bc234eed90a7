/**
 * `npm run evaluate`: how well we understand, in one table. The sets stand outside the repository;
 * `npm run evaluate -- towns/<town>` tells a clerk about the town's own topics instead.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readFolders } from '../../src/config';
import { openTowns } from '../../src/towns';
import { createHttpEmbedder, openEmbeddingCache, readPack } from '../../src/understanding';
import { runCommand, type Typed } from '../run-command';
import { evaluateTopics } from './clerk';
import { evaluateCost } from './cost';
import { evaluateDanger } from './danger';
import { ours, oursWithEncoder, peerEngines } from './engines';
import { evaluateEntities } from './entities';
import { evaluateFaq, FAQ_COLUMNS } from './faq';
import { evaluateLabelled, type LabelledResult, tablesOf } from './labelled';
import { evaluateLanguages, type Said } from './languages';
import { type AnySet, type Labelled, readSet } from './sets';
import { markdown, type Table } from './table';
import { type Bench, citizens, DEMO, type Encoder, KEPT, phrasesOfTown, stalls, withTown } from './town';
import { createTurns } from './turns';

const ROOT = join(__dirname, '../../..');
const SETS = join(ROOT, 'tools/evaluate/sets');
const LABELLED = ['clinc150', 'banking77', 'covidfaq_fr', 'nlpjs50_en'];
const SOURCES = [
  'clinc150: github.com/clinc/oos-eval (CC BY 3.0)',
  'banking77: github.com/PolyAI-LDN/task-specific-datasets (CC BY 4.0)',
  'covidfaq_fr: github.com/dialoguemd-archives/covidfaq (MIT)',
  'nlpjs50_en: github.com/axa-group/nlp.js (MIT)',
  'faq_cnil_fr: github.com/etalab-ia/piaf-ml (MIT; content of the CNIL)',
];

interface Outcome {
  tables: Table[];
  /** By set: what was answered to each line. */
  predictions: Record<string, object[]>;
}

const USAGE = `npm run evaluate                    every set of --data (../shared/eval) and of tools/evaluate/sets, beside the peers
npm run evaluate -- towns/<town>    the topics of one town, for whoever writes them
--set <file>        one set; --train <file> learns a labelled set first, --town <id> whose topics are learnt
--predict <file>    what was answered to each line; --json <file> the tables; --out <file> the page (data/evaluation.md)
--embeddings <url>  with a sentence encoder, --embeddings-model its name; --no-peers without them
--fuzz <number>     how long so many made-up messages hold up the thread`;

const OPTIONS = {
  data: { type: 'string', default: '../shared/eval' },
  set: { type: 'string' },
  train: { type: 'string' },
  predict: { type: 'string' },
  json: { type: 'string' },
  out: { type: 'string', default: 'data/evaluation.md' },
  embeddings: { type: 'string' },
  'embeddings-model': { type: 'string', default: 'multilingual-e5-small' },
  'no-peers': { type: 'boolean', default: false },
  fuzz: { type: 'string' },
  /** Whose topics are learnt. */
  town: { type: 'string', default: DEMO },
} as const;

async function main({ values, positionals }: Typed<typeof OPTIONS>): Promise<number> {
  const townFolder = positionals[0] ? resolve(positionals[0]) : null;
  const towns = await openTowns({
    ...readFolders(process.env),
    ...(townFolder ? { townsDir: dirname(townFolder) } : {}),
  });
  const packs = Object.fromEntries(towns.locales().map(({ code, pack }) => [code, readPack(pack, `locales/${code}/pack.yml`)]));
  const encoder = values.embeddings ? await openEncoder(values.embeddings, values['embeddings-model']) : null;
  const bench: Bench = { towns, town: values.town, packs, hasPeers: !values['no-peers'], encoder };

  const outcome = values.fuzz
    ? { tables: [await stalls(bench, Number(values.fuzz))], predictions: {} }
    : townFolder
      ? clerkTables(bench, basename(townFolder))
      : values.set
        ? await scoreOne(bench, values.set, values.train)
        : await scoreAll(bench, resolve(values.data));

  const text = markdown(outcome.tables);
  process.stdout.write(`${text}\n`);
  mkdirSync(dirname(resolve(values.out)), { recursive: true });
  writeFileSync(values.out, text);
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ tables: outcome.tables }, null, 2)}\n`);
  if (values.predict) {
    const lines = Object.entries(outcome.predictions).flatMap(([set, made]) =>
      made.map((one) => JSON.stringify({ set, ...one })),
    );
    writeFileSync(values.predict, `${lines.join('\n')}\n`);
  }
  return 0;
}

/** Vectors are kept between runs: a set of ten thousand takes minutes. */
async function openEncoder(url: string, model: string): Promise<Encoder> {
  const embedder = createHttpEmbedder({ url, model });
  return { embedder, kept: await openEmbeddingCache(embedder, KEPT) };
}

function clerkTables({ towns, packs }: Bench, id: string): Outcome {
  const town = towns.get(id);
  if (!town)
    throw new Error(
      `There is no town "${id}" among ${towns
        .list()
        .map((one) => one.id)
        .join(', ')}.`,
    );
  return { tables: evaluateTopics(phrasesOfTown(towns, id), packs), predictions: {} };
}

async function scoreOne(bench: Bench, file: string, trainFile: string | undefined): Promise<Outcome> {
  const set = readSet(file);
  const name = basename(file, '.jsonl');
  if (set.kind === 'citizen') {
    const { tables, predictions } = await withTown(bench, bench.encoder, (pipeline) => citizens(bench, name, set.rows, pipeline));
    return { tables, predictions: { [name]: predictions } };
  }
  if (set.kind === 'danger') {
    const { tables, predictions } = await withTown(bench, bench.encoder, (pipeline) =>
      evaluateDanger(name, set.rows, createTurns(bench.towns, pipeline, bench.town)),
    );
    return { tables, predictions: { [name]: predictions } };
  }
  if (set.kind === 'entities') {
    const { tables, predictions } = await withTown(bench, null, (pipeline) =>
      evaluateEntities(name, set.rows, pipeline, bench.town),
    );
    return { tables, predictions: { [name]: predictions } };
  }
  if (set.kind === 'faq') {
    const { rows, predictions } = await evaluateFaq(name, set.rows, bench.packs.fr!, bench.encoder?.kept);
    return { tables: [{ title: 'Answers', columns: FAQ_COLUMNS, rows }], predictions: { [name]: predictions } };
  }
  const other = trainFile ? readSet(trainFile) : set;
  if (other.kind !== 'labelled') throw new Error(`${trainFile} is not in the format {text, intent, split, lang}.`);
  const result = await evaluateLabelled(
    name,
    trainRows(other.rows, trainFile !== undefined),
    testRows(set.rows),
    bench.packs,
    bench.encoder ? oursWithEncoder(bench.encoder.kept) : ours,
  );
  return { tables: tablesOf([result]), predictions: { [name]: result.predictions } };
}

function trainRows(rows: Labelled[], isAllTrain = false): Labelled[] {
  const train = rows.filter(({ split }) => split.startsWith('train'));
  if (train.length === 0 && !isAllTrain) throw new Error('The set has no train split: name one with --train FILE.');
  return train.length > 0 ? train : rows;
}

function testRows(rows: Labelled[]): Labelled[] {
  const test = rows.filter(({ split }) => split.startsWith('test'));
  return test.length > 0 ? test : rows.filter(({ split }) => !split.startsWith('train'));
}

async function scoreAll(bench: Bench, data: string): Promise<Outcome> {
  if (!existsSync(data)) {
    const notes = [
      `There are no evaluation sets in ${data}. They come from:`,
      ...SOURCES.map((source) => `- ${source}`),
      '',
      'What follows is about the demo town’s own topics.',
    ];
    return {
      tables: [{ title: 'Evaluation sets', columns: [], rows: [], notes }, ...clerkTables(bench, bench.town).tables],
      predictions: {},
    };
  }
  const predictions: Outcome['predictions'] = {};
  const results: LabelledResult[] = [];
  const { makers, missing } = bench.hasPeers ? peerEngines() : { makers: [], missing: [] };
  for (const name of LABELLED) {
    const set = setAt(join(data, 'public', `${name}.jsonl`));
    if (set?.kind !== 'labelled') continue;
    for (const maker of [
      ours,
      ...(bench.encoder && name !== 'clinc150' ? [oursWithEncoder(bench.encoder.kept)] : []),
      ...makers,
    ]) {
      const result = await evaluateLabelled(name, trainRows(set.rows), testRows(set.rows), bench.packs, maker);
      results.push(result);
      if (maker === ours) predictions[name] = result.predictions;
      process.stderr.write(`${name}: ${result.intents[1]} ${Math.round(Number(result.intents[2]) * 10) / 10} %\n`);
    }
  }
  const tables = tablesOf(results);
  if (missing.length > 0)
    tables[0]!.notes = [`Not installed, so not measured: ${missing.join(', ')} (npm install in tools/evaluate/peers).`];
  const faq = setAt(join(data, 'public/faq_cnil_fr.jsonl'));
  if (faq?.kind === 'faq') {
    const result = await evaluateFaq('faq_cnil_fr', faq.rows, bench.packs.fr!, bench.encoder?.kept);
    tables.push({ title: 'Answers', columns: FAQ_COLUMNS, rows: result.rows });
    predictions.faq_cnil_fr = result.predictions;
  }
  const messages = setAt(join(data, 'citizen-intents.dev.jsonl'));
  for (const encoder of bench.encoder ? [null, bench.encoder] : [null]) {
    const name = `citizen-intents.dev${encoder ? ', with an encoder' : ''}`;
    await withTown(bench, encoder, async (pipeline) => {
      if (!encoder) tables.push(await evaluateLanguages(languageSamples(data), pipeline, bench.town));
      if (messages?.kind === 'citizen') {
        const scored = await citizens(bench, name, messages.rows, pipeline);
        tables.push(...scored.tables);
        predictions[name] = scored.predictions;
        const texts = messages.rows.map(({ text }) => text);
        if (!encoder) tables.push(await evaluateCost(texts, pipeline, bench.town));
      }
      if (encoder) return;
      const turn = createTurns(bench.towns, pipeline, bench.town);
      for (const file of [...ownSets(), join(data, 'danger.dev.jsonl'), join(data, 'entities.dev.jsonl')]) {
        const set = setAt(file);
        const of = basename(file, '.jsonl');
        if (set?.kind !== 'danger' && set?.kind !== 'entities') continue;
        const scored =
          set.kind === 'danger'
            ? await evaluateDanger(of, set.rows, turn)
            : await evaluateEntities(of, set.rows, pipeline, bench.town);
        tables.push(...scored.tables);
        predictions[of] = scored.predictions;
      }
    });
  }
  return { tables, predictions };
}

/** Sets of our own, in the repository: every message written for it, half of them not looked at when rules are made. */
function ownSets(): string[] {
  if (!existsSync(SETS)) return [];
  return readdirSync(SETS)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => join(SETS, name));
}

function setAt(file: string): AnySet | null {
  return existsSync(file) ? readSet(file) : null;
}

function languageSamples(data: string): Array<{ name: string; said: Said[] }> {
  const labelled = ['covidfaq_fr', 'banking77', 'nlpjs50_en'].flatMap((name) => {
    const set = setAt(join(data, 'public', `${name}.jsonl`));
    return set?.kind === 'labelled'
      ? [{ name, said: testRows(set.rows).map(({ text, lang }) => ({ text, language: lang })) }]
      : [];
  });
  const file = join(data, 'citizen/faq_mezieres_fr.jsonl');
  if (!existsSync(file)) return labelled;
  const questions = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { question: string; lang: string });
  return [
    ...labelled,
    { name: 'faq_mezieres_fr, titles', said: questions.map(({ question, lang }) => ({ text: question, language: lang })) },
  ];
}

runCommand({ usage: USAGE, options: OPTIONS, takesWords: true, main });
