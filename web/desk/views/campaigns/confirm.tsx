// What a campaign comes to, before it is sent: how many people by which channel, who is passed over, pieces and cost.
import type { CampaignCount } from '../../../../src/desk/campaigns/wire';
import { Button, Window } from '../../parts/controls';
import { useWords } from '../../words';

interface ConfirmProps {
  count: CampaignCount;
  named(language: string): string;
  send(): void;
  close(): void;
}

export function Confirm({ count, named, send, close }: ConfirmProps) {
  const t = useWords();
  const words = t.campaigns;
  const { people, byChannel, skipped, pieces, piecesIn, cost, left } = count;
  const number = new Intl.NumberFormat(t.locale);
  const money = new Intl.NumberFormat(t.locale, { style: 'currency', currency: cost.currency });
  const channels = byChannel.map(({ channel, people: of }) => `${words.channels[channel] ?? channel} ${number.format(of)}`);
  return (
    <Window title={words.confirm} isOpen onClose={close}>
      {people === 0 ? (
        <p>{words.nobody}</p>
      ) : (
        <dl className="campaign-facts">
          <div>
            <dt>{words.recipients}</dt>
            <dd>
              <strong>{words.people(people)}</strong> <span className="hint">{channels.join(' · ')}</span>
            </dd>
          </div>
          <div>
            <dt>{words.skipped}</dt>
            <dd>{number.format(skipped)}</dd>
          </div>
          <div>
            <dt>{words.pieces}</dt>
            <dd>
              {number.format(pieces)}{' '}
              <span className="hint">
                {Object.entries(piecesIn)
                  .map(([language, of]) => words.piecesOf(named(language), of))
                  .join(' · ')}
              </span>
            </dd>
          </div>
          <div>
            <dt>{words.cost}</dt>
            <dd>{money.format(cost.amount)}</dd>
          </div>
        </dl>
      )}
      {left !== undefined && left < pieces && <p className="hint">{words.left(number.format(left))}</p>}
      <div className="campaign-buttons">
        {people > 0 && (
          <Button look="primary" icon="send" onPress={send}>
            {words.send(people)}
          </Button>
        )}
        <Button look="quiet" onPress={close}>
          {t.cancel}
        </Button>
      </div>
    </Window>
  );
}
