/** 'Report a problem', 'no, I want to report one': the form that is meant is opened, or what people report most is offered. */
import { offerTopics, type Talk } from '../../dialogs';
import { countWords } from '../../domain/language/words';
import { begin, startTopic } from '../hold';

const MOST_REPORTS = 5;
/** So likely beside the wish, a topic is named. */
const NAMED = 0.2;
/** Fewer words say that something is to be reported, and not what. */
const SHORTEST_NAMED = 5;

/** A new report, from whoever was asked for the reference of an old one. */
export function wantsNewReport({ heard, memory, ...talk }: Talk): boolean {
  const isNamed = heard.zone === 'act' && talk.topic(heard.intents[0]?.topic ?? '') !== undefined;
  return memory.dialogs.at(-1)?.dialog === 'status' && !isNamed && talk.means('new-report');
}

/** 'Report a problem': which one? What most people report is offered. */
export async function whatToReport(talk: Talk): Promise<boolean> {
  const held = talk.memory.dialogs.at(-1);
  const { topic, words } = held?.dialog === 'status' ? (held.data as { topic?: string; words?: string }) : {};
  // Asked for the reference of a lamp, 'I want to report one' means a lamp; what is named now is meant before that.
  const isLong = countWords(talk.text) >= SHORTEST_NAMED;
  const tops = isLong ? talk.heard.intents : [];
  const named = tops.find(({ topic: id, confidence }) => confidence >= NAMED && talk.topic(id)?.kind === 'report');
  if (topic || (held?.dialog === 'status' && named)) {
    talk.memory.dialogs.pop();
    await startTopic(talk, named?.topic ?? topic ?? '', named ? talk.text : (words ?? ''));
    return true;
  }
  const common = (talk.town.commonTopics ?? []).flatMap((id) => talk.topic(id) ?? []);
  const topics = [...common, ...talk.topics].filter(({ kind }) => kind === 'report').map(({ id }) => id);
  const offered = [...new Set(topics)].slice(0, MOST_REPORTS);
  talk.memory.dialogs = talk.memory.dialogs.filter(({ dialog }) => dialog !== 'choose' && dialog !== 'status');
  offerTopics(talk, talk.t('report.what'), offered);
  await begin(talk, 'choose', { topics: offered, text: words ?? '' });
  return true;
}
