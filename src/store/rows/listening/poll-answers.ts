/**
 * What people answered to a question of the town hall: one row a person, in which a later answer stands instead of the one
 * before. Who it was is kept until the results are on their way to them, and no longer.
 */
import type { ChannelName } from '../../../domain/conversation';
import { personMark } from '../../../domain/listening/campaign';
import type { Collection, Database } from '../../collection';
import { changeOrInsert } from '../../insert-new';

export interface PollAnswer {
  id: string;
  town: string;
  poll: string;
  /** Place of the choice taken, or absent for free words. */
  choice?: number;
  words?: string;
  language: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Absent once the results were handed on. */
  conversation?: string;
  channel?: ChannelName;
  address?: string;
}

type Row = Omit<PollAnswer, 'id'> & { _id: string; [field: string]: unknown };

export interface PollAnswers {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  give(answer: Omit<PollAnswer, 'id'> & Required<Pick<PollAnswer, 'conversation' | 'channel' | 'address'>>): Promise<void>;
  /** In the order of their ids, after the last of the page before. */
  of(town: string, poll: string, limit: number, after: string): Promise<PollAnswer[]>;
  count(town: string, poll: string): Promise<number>;
  countOf(town: string, poll: string, choice: number): Promise<number>;
  /** Who it was is not needed any more: of all answers, or of those up to an id, this one too. */
  forgetWho(town: string, poll: string, upTo?: string): Promise<void>;
}

const AT_ONCE = 100;

export function createPollAnswers(database: Database): PollAnswers {
  const rows: Collection<Row> = database.collection('poll_answers');
  const present = ({ _id, ...rest }: Row): PollAnswer => ({ id: _id, ...rest });
  return {
    async prepare() {
      await rows.index(['town', 'poll', '_id'], { name: 'poll' });
      await rows.index(['town', 'poll', 'choice'], { name: 'choice' });
      await rows.index(['conversation'], { name: 'conversation' });
    },
    async give(answer) {
      const { town, poll, channel, address, conversation, choice, words } = answer;
      const gone = [...(choice === undefined ? ['choice'] : []), ...(words === undefined ? ['words'] : [])];
      const changes = { $set: { ...answer }, ...(gone.length > 0 ? { $unset: gone } : {}) };
      await changeOrInsert(rows, { _id: `${town}:${poll}:${personMark(channel, address, conversation)}`, ...answer }, changes);
    },
    of: async (town, poll, limit, after) =>
      (await rows.find({ town, poll, _id: { $gt: after } }, { sort: [['_id', 1]], limit })).map(present),
    count: (town, poll) => rows.count({ town, poll }),
    countOf: (town, poll, choice) => rows.count({ town, poll, choice }),
    async forgetWho(town, poll, upTo) {
      for (let after = ''; ; ) {
        const upwards = { $gt: after, ...(upTo === undefined ? {} : { $lte: upTo }) };
        const some = await rows.find(
          { town, poll, _id: upwards, address: { $exists: true } },
          { sort: [['_id', 1]], limit: AT_ONCE },
        );
        await Promise.all(some.map(({ _id }) => rows.changeIf({ _id }, { $unset: ['conversation', 'channel', 'address'] })));
        if (some.length < AT_ONCE) return;
        after = some.at(-1)!._id;
      }
    },
  };
}
