// What is written once to many: a form, and how far each campaign has come, read anew while one is on its way.
import { useEffect, useState } from 'react';
import type { CampaignsView } from '../../../../src/desk/campaigns/wire';
import { Button, Empty, Failed } from '../../parts/controls';
import { call } from '../../server/api';
import { useWords } from '../../words';
import { useLoaded } from '../load';
import { CampaignCard } from './card';
import { CampaignForm } from './form';

const EVERY_MS = 2000;
const ask = () => call<CampaignsView>('GET', 'campaigns');

export function Campaigns() {
  const t = useWords();
  const words = t.campaigns;
  const [isWriting, setWriting] = useState(false);
  const { value, fault, load } = useLoaded(ask);
  const isMoving = value?.campaigns.some(({ state, letters }) => state === 'sending' || letters.waiting > 0) ?? false;
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && load(), EVERY_MS);
    return () => clearInterval(timer);
  }, [isMoving, load]);
  const hasThemes = (value?.themes.length ?? 0) > 0;
  return (
    <div className="view">
      <header className="view-head">
        <h1>{words.title}</h1>
        <p className="hint">{words.hint}</p>
        {hasThemes && !isWriting && (
          <Button look="primary" icon="plus" onPress={() => setWriting(true)}>
            {words.write}
          </Button>
        )}
      </header>
      <Failed fault={fault} retry={load} />
      {!value && !fault && <p role="status">{t.loading}</p>}
      {value && !hasThemes && <Empty words={words.noThemes} />}
      {value && isWriting && (
        <CampaignForm
          about={value}
          done={() => {
            setWriting(false);
            load();
          }}
        />
      )}
      {hasThemes && !isWriting && value?.campaigns.length === 0 && <Empty words={words.empty} />}
      {value && value.campaigns.length > 0 && (
        <div className="sheets campaigns">
          {value.campaigns.map((campaign) => (
            <CampaignCard key={campaign.id} campaign={campaign} themes={value.themes} sectors={value.sectors} changed={load} />
          ))}
        </div>
      )}
    </div>
  );
}
