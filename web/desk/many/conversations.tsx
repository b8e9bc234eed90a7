// What can be done to several conversations at once, and what became of each.
import { useEffect, useState } from 'react';
import type { ConversationRow, Destinations } from '../../../src/desk/wire';
import { Button, Window } from '../parts/controls';
import { api, type ManyAction } from '../server/api';
import { loadAll, loadLists } from '../state/lists';
import type { ListName } from '../state/state';
import { useDesk } from '../state/store';
import { explain } from '../state/toasts';
import { Outcomes } from '../talk/outcomes';
import { Transfer } from '../talk/transfer';
import { useWords } from '../words';
import { ManyBar } from './bar';
import { inPieces, type Outcome, Results, useWhy } from './results';
import type { Selection } from './selection';

type Asked = 'transfer' | 'close' | 'note';

interface ManyProps {
  list: ListName;
  rows: ConversationRow[];
  selection: Selection;
}

export function ManyConversations({ list, rows, selection }: ManyProps) {
  const t = useWords();
  const why = useWhy();
  const total = useDesk(({ counts }) => counts[list]);
  const isMore = useDesk(({ next }) => next[list] !== undefined);
  const isLost = useDesk(({ link }) => link === 'lost');
  const [asked, setAsked] = useState<Asked>();
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();

  async function does(action: ManyAction) {
    setAsked(undefined);
    setBusy(true);
    const names = new Map(rows.map((row) => [row.id, `${row.who} · ${row.subject || row.snippet}`]));
    const results = await inPieces(
      [...selection.chosen],
      (piece) => api.actOnMany(crypto.randomUUID(), piece, action),
      (id) => id,
    );
    const refused = results.filter(({ isDone }) => !isDone);
    await loadLists();
    setBusy(false);
    setOutcome({
      done: results.length - refused.length,
      refused: refused.map((result) => ({ id: result.id, name: names.get(result.id) ?? result.id, why: why(result) })),
    });
    if (refused.length === 0) selection.end();
    else selection.all(refused.map(({ id }) => id));
  }

  /** All of the list, also what is not loaded yet. */
  async function all() {
    setBusy(true);
    selection.all(isMore ? await loadAll(list) : rows.map(({ id }) => id));
    setBusy(false);
  }

  const isStill = isBusy || isLost;
  const plain = list === 'queue' ? (['claim'] as const) : list === 'mine' ? (['park'] as const) : (['unpark'] as const);
  const questions: Asked[] = list === 'queue' ? ['transfer', 'note'] : ['transfer', 'close', 'note'];
  return (
    <>
      {selection.isOn && (
        <ManyBar
          chosen={selection.chosen.size}
          total={isMore ? Math.max(total, rows.length) : rows.length}
          all={() => void all()}
          end={selection.end}
        >
          {plain.map((kind) => (
            <Button key={kind} look="primary" isDisabled={isStill} onPress={() => void does({ kind })}>
              {isBusy ? t.many.loading : t.actions[kind]}
            </Button>
          ))}
          {questions.map((kind) => (
            <Button key={kind} isDisabled={isStill} onPress={() => setAsked(kind)}>
              {kind === 'note' ? t.many.note : t.actions[kind]}
            </Button>
          ))}
        </ManyBar>
      )}
      <Window title={t.many.transfer} isOpen={asked === 'transfer'} onClose={() => setAsked(undefined)} wide>
        <Transfer
          pass={async (to) => {
            void does({ kind: 'transfer', ...to });
            return true;
          }}
          cancel={() => setAsked(undefined)}
        />
      </Window>
      <Window title={t.many.outcome} isOpen={asked === 'close'} onClose={() => setAsked(undefined)}>
        <Ends choose={(id) => void does({ kind: 'close', outcome: id })} />
      </Window>
      <Window title={t.many.noteTitle} isOpen={asked === 'note'} onClose={() => setAsked(undefined)}>
        <Note keep={(text) => void does({ kind: 'note', text })} />
      </Window>
      <Results outcome={outcome} close={() => setOutcome(undefined)} />
    </>
  );
}

function Ends({ choose }: { choose(outcome: string): void }) {
  const t = useWords();
  const [known, setKnown] = useState<Destinations>();
  const [fault, setFault] = useState('');
  useEffect(() => {
    api.destinations().then(setKnown, (error) => setFault(explain(error)));
  }, []);
  if (!known) return <p className={fault ? 'fault' : ''}>{fault || t.loading}</p>;
  return <Outcomes outcomes={known.outcomes} choose={choose} />;
}

function Note({ keep }: { keep(text: string): void }) {
  const t = useWords();
  const [text, setText] = useState('');
  return (
    <div className="transfer">
      <div className="field">
        <label htmlFor="many-note">{t.many.noteWords}</label>
        <textarea id="many-note" rows={3} maxLength={2000} value={text} onChange={({ target }) => setText(target.value)} />
      </div>
      <div className="window-foot">
        <Button look="primary" isDisabled={!text.trim()} onPress={() => keep(text.trim())}>
          {t.many.addNote}
        </Button>
      </div>
    </div>
  );
}
