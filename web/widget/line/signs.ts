// What is told to the person of the town hall who answers, without a word being said: that the citizen types, and up to which
// message they have read. Only while a person answers, and read only when it stood in an open panel of a page in sight.
import type { Activity } from '../../../src/domain/message/activity';
import type { Shown } from '../talk/log';
import { CITIZEN } from './letter';

/** While the citizen goes on typing it is told again after so long. */
const TYPING_AGAIN_MS = 3000;
/** The Bot Framework's name for it. */
const READ = 'application/vnd.microsoft.readReceipt';

interface Parts {
  sign(activity: Activity): Promise<boolean>;
  shown(): readonly Shown[];
  /** The conversation stands before the citizen's eyes. */
  isSeen(): boolean;
}

export function createSigns({ sign, shown, isSeen }: Parts) {
  let typedAt = Number.NEGATIVE_INFINITY;
  let readTo = '';

  const lastWhere = (fits: (message: Shown) => boolean) => [...shown()].reverse().find(fits);

  return {
    typed(): void {
      if (performance.now() - typedAt < TYPING_AGAIN_MS || !lastWhere(({ author }) => author !== 'citizen')?.isWithPerson) return;
      typedAt = performance.now();
      void sign({ type: 'typing', from: CITIZEN });
    },
    read(): void {
      const last = lastWhere(({ author }) => author === 'agent');
      if (!last || last.key === readTo || !isSeen()) return;
      const before = readTo;
      readTo = last.key;
      void sign({ type: 'event', name: READ, from: CITIZEN, value: { lastReadMessageId: last.key } }).then((isHeard) => {
        if (!isHeard && readTo === last.key) readTo = before;
      });
    },
  };
}
