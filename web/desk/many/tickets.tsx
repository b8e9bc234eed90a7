// What can be done to several requests at once, each as it stood when it was chosen, and what became of each.
import { useState } from 'react';
import type { TicketRow } from '../../../src/desk/wire';
import { Button, Window } from '../parts/controls';
import { api, type ManyChange } from '../server/api';
import { useDesk } from '../state/store';
import { HandOnForm } from '../views/request/company';
import { ChangeForm } from '../views/ticket-change';
import { useWords } from '../words';
import { ManyBar } from './bar';
import { inPieces, type Outcome, Results, useWhy } from './results';
import type { Selection } from './selection';

/** Where several are moved by hand; whether each may go there is the server's to say. */
const STATES = ['assigned', 'in-progress', 'waiting', 'resolved', 'closed', 'refused'];

interface ManyProps {
  rows: TicketRow[];
  total: number;
  selection: Selection;
  /** All that match, also what is not loaded yet. */
  all(): void;
  /** Reads the list anew. */
  reload(): void;
}

export function ManyTickets({ rows, total, selection, all, reload }: ManyProps) {
  const { many } = useWords();
  const why = useWhy();
  const isLost = useDesk(({ link }) => link === 'lost');
  const [asked, setAsked] = useState<'change' | 'handOn'>();
  const [outcome, setOutcome] = useState<Outcome>();
  const chosen = rows.filter(({ reference }) => selection.chosen.has(reference));

  async function does(change: ManyChange): Promise<boolean> {
    const titles = new Map(rows.map((row) => [row.reference, `${row.reference} · ${row.title}`]));
    const results = await inPieces(
      chosen,
      (piece) => api.changeMany(piece, change),
      ({ reference }) => reference,
    );
    const refused = results.filter(({ isDone }) => !isDone);
    setAsked(undefined);
    setOutcome({
      done: results.length - refused.length,
      refused: refused.map((result) => ({ id: result.id, name: titles.get(result.id) ?? result.id, why: why(result) })),
    });
    selection.end();
    reload();
    return true;
  }

  return (
    <>
      {selection.isOn && (
        <ManyBar chosen={chosen.length} total={total} all={all} end={selection.end}>
          <Button look="primary" isDisabled={isLost} onPress={() => setAsked('change')}>
            {many.change}
          </Button>
          <Button isDisabled={isLost} onPress={() => setAsked('handOn')}>
            {many.handOn}
          </Button>
        </ManyBar>
      )}
      <Window title={many.changeTitle(chosen.length)} isOpen={asked === 'change'} onClose={() => setAsked(undefined)} wide>
        <ChangeForm may={STATES} save={does} />
      </Window>
      <Window title={many.handOnTitle(chosen.length)} isOpen={asked === 'handOn'} onClose={() => setAsked(undefined)} wide>
        <HandOnForm isIdle={!isLost} handOn={(service, reason) => does({ service, reason })} />
      </Window>
      <Results outcome={outcome} close={() => setOutcome(undefined)} />
    </>
  );
}
