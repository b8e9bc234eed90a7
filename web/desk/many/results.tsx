// What became of several, row by row: how many were done, and each that was not, with why. Those stay chosen for another try.
import type { ManyResults } from '../../../src/desk/wire';
import { Button, Window } from '../parts/controls';
import { useWords } from '../words';

export interface Outcome {
  done: number;
  refused: Array<{ id: string; name: string; why: string }>;
}

/** Sent in pieces of so many: as the server takes them. */
const AT_ONCE = 50;

/** Each asked for once, piece by piece; what a piece that failed would have done is told as not done. */
export async function inPieces<Row>(
  rows: Row[],
  send: (piece: Row[]) => Promise<ManyResults>,
  idOf: (row: Row) => string,
): Promise<ManyResults['results']> {
  const results: ManyResults['results'] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const piece = rows.slice(at, at + AT_ONCE);
    try {
      results.push(...(await send(piece)).results);
    } catch {
      results.push(...piece.map((row) => ({ id: idOf(row), isDone: false, code: 'offline' })));
    }
  }
  return results;
}

export function useWhy(): (result: ManyResults['results'][number]) => string {
  const { many, errors } = useWords();
  return ({ code = '', by }) => (by ? errors.taken(by.name) : (many.why[code] ?? errors.other));
}

export function Results({ outcome, close }: { outcome?: Outcome; close(): void }) {
  const t = useWords();
  return (
    <Window title={t.many.results} isOpen={outcome !== undefined} onClose={close} wide>
      <p role="status">{t.many.done(outcome?.done ?? 0)}</p>
      {outcome && outcome.refused.length > 0 && (
        <>
          <h3>{t.many.refused(outcome.refused.length)}</h3>
          <ul className="results">
            {outcome.refused.map(({ id, name, why }) => (
              <li key={id}>
                <strong>{name}</strong> <span className="hint">{why}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="window-foot">
        <Button look="primary" autoFocus onPress={close}>
          {t.close}
        </Button>
      </div>
    </Window>
  );
}
