/**
 * Brings a clerk's changes into the text of a topic's file. Comments, order and the lines that nobody touched stay as they
 * were written, so that the history of the file tells what was changed and nothing else.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isSeq, parseDocument } from 'yaml';
import type { TopicEdit } from '../../domain/topic/topic-edit';

type Path = Array<string | number>;

/** @param text of the file; empty for a topic that is new. */
export function editTopic(text: string, edit: TopicEdit): string {
  const document = parseDocument(text || '{}\n');
  if (!text) document.contents = document.createNode({}) as typeof document.contents;
  if (!text && edit.kind) document.set('kind', edit.kind);
  if (edit.service) put(document, ['service'], edit.service);
  if (edit.title) each(document, ['title'], edit.title);
  for (const [language, phrases] of Object.entries(edit.phrases ?? {})) list(document, ['phrases', language], phrases);
  if (edit.answer) each(document, ['answer'], edit.answer);
  for (const detail of edit.details ?? []) details(document, detail);
  if (edit.verified) {
    const { by, on, until, source } = edit.verified;
    each(document, ['verified'], { ...(by ? { by } : {}), on, until, source });
  }
  return keepLines(document, text);
}

/** Writes what differs; a value that is the same keeps the way it was written. */
function put(document: Document, path: Path, value: unknown): void {
  if (isDeepStrictEqual(valueAt(document, path), value)) return;
  document.setIn(path, isScalarLike(value) && document.hasIn(path) ? value : document.createNode(value));
}

function each(document: Document, path: Path, values: object): void {
  if (!isMap(document.getIn(path))) document.setIn(path, document.createNode({}));
  for (const [name, value] of Object.entries(values)) put(document, [...path, name], value);
}

/** Of a list, what stays is the very line that was there. */
function list(document: Document, path: Path, texts: string[]): void {
  const seq = document.getIn(path);
  if (!isSeq(seq)) {
    if (texts.length > 0) document.setIn(path, document.createNode(texts));
    return;
  }
  const before = new Map(seq.items.map((item) => [String((item as { value?: unknown }).value), item]));
  seq.items = texts.map((text) => before.get(text) ?? document.createNode(text)) as typeof seq.items;
}

function details(document: Document, { id, phrases, answer }: NonNullable<TopicEdit['details']>[number]): void {
  if (!isSeq(document.get('details'))) document.set('details', document.createNode([]));
  const known = (document.toJS() as { details: Array<{ id?: string }> }).details;
  const found = known.findIndex((detail) => detail?.id === id);
  const at = found < 0 ? known.length : found;
  if (found < 0) document.addIn(['details'], document.createNode({ id, phrases: {}, answer: {} }));
  for (const [language, texts] of Object.entries(phrases)) list(document, ['details', at, 'phrases', language], texts);
  each(document, ['details', at, 'answer'], answer);
}

function valueAt(document: Document, path: Path): unknown {
  const node = document.getIn(path) as { toJSON?: () => unknown } | undefined;
  return typeof node === 'object' && node?.toJSON ? node.toJSON() : node;
}

const isScalarLike = (value: unknown) => typeof value !== 'object' || value === null;

/** Lists between brackets are written with and without spaces; the writer of YAML knows one way. */
const stripped = (line: string) => line.replace(/([[{]) +/g, '$1').replace(/ +([\]}])/g, '$1');

/** The document as text, each untouched line as it stood, where that reads the same. */
function keepLines(document: Document, before: string): string {
  const written = document.toString({ lineWidth: 0 });
  const known = new Map(before.split('\n').map((line) => [stripped(line), line]));
  const kept = written
    .split('\n')
    .map((line) => known.get(stripped(line)) ?? line)
    .join('\n');
  const isSame = isDeepStrictEqual(parsed(kept), parsed(written));
  return isSame ? kept : written;
}

function parsed(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? document.errors : document.toJS();
}
