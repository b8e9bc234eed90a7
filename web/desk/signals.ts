// What calls an agent who looks elsewhere: the title of the tab counts, and, for those who asked for it, a short sound. By
// choice it sounds again until the page is looked at. An alert of danger sounds again until somebody says that they look after it.
import { useEffect, useRef, useState } from 'react';
import { useRoute } from './route';
import { listOf, mentionsIn, offeredTo, openAlerts } from './state/state';
import { useDesk } from './state/store';
import { useWords } from './words';

const ALERT_AGAIN_MS = 6000;
const OFFER_AGAIN_MS = 8000;
const NEWS_AGAIN_MS = 20_000;
let audio: AudioContext | undefined;

/** Two soft tones; a danger is higher and threefold. */
export function sound(kind: 'message' | 'danger'): void {
  try {
    audio ??= new AudioContext();
    const tones = kind === 'danger' ? [880, 660, 880, 660] : [523, 659];
    for (const [index, hertz] of tones.entries()) {
      const begins = audio.currentTime + index * 0.16;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.0001, begins);
      volume.gain.exponentialRampToValueAtTime(kind === 'danger' ? 0.3 : 0.12, begins + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, begins + 0.15);
      tone.connect(volume).connect(audio.destination);
      tone.start(begins);
      tone.stop(begins + 0.16);
    }
  } catch {
    // A machine without sound: nothing that is told needs one.
  }
}

const isLookedAt = () => document.visibilityState === 'visible' && document.hasFocus();

export function useSignals(): void {
  const t = useWords();
  const route = useRoute();
  const { rows, counts, me, open, loaded } = useDesk((state) => state);
  const { sound: isOn = false, soundFor, soundRepeats = false } = me?.settings ?? {};
  const mayHear = (what: 'queue' | 'mine' | 'mention' | 'danger') => isOn && (soundFor?.includes(what) ?? true);
  const hearsDanger = mayHear('danger');
  const alerts = openAlerts(rows.values());

  const queued = new Set<string>();
  let waiting = 0;
  for (const row of rows.values()) {
    const list = me && listOf(row, me);
    if (list === 'queue' && mayHear('queue')) queued.add(row.id);
    if (list === 'mine' && row.awaitsReply) {
      if (mayHear('mine')) queued.add(`${row.id}#${row.lastCitizenAt}`);
      waiting += 1;
    }
  }
  const mentions = mentionsIn(rows.values());
  if (mayHear('mention')) for (const { id, mention } of mentions) queued.add(`${id}@${mention?.at}`);
  const known = useRef<Set<string>>(undefined);
  useEffect(() => {
    // What stands there when the page opens is no news.
    if (!loaded.queue) return;
    const before = known.current;
    known.current = queued;
    if (!before || ![...queued].some((each) => !before.has(each))) return;
    sound('message');
    if (!isLookedAt()) setUnseen(true);
  });

  // By choice it sounds again until somebody looks at the page.
  const [isUnseen, setUnseen] = useState(false);
  useEffect(() => {
    if (!isUnseen) return;
    const look = () => isLookedAt() && setUnseen(false);
    const timer = setInterval(() => (isLookedAt() ? setUnseen(false) : soundRepeats && sound('message')), NEWS_AGAIN_MS);
    addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [isUnseen, soundRepeats]);

  // Offered to this agent alone: rings until it is answered, or somebody else's.
  const offered = me && mayHear('queue') ? offeredTo(rows.values(), me.id)?.offer?.until : undefined;
  useEffect(() => {
    if (!offered) return;
    sound('message');
    const timer = setInterval(() => sound('message'), OFFER_AGAIN_MS);
    return () => clearInterval(timer);
  }, [offered]);

  const isAlert = alerts.length > 0;
  useEffect(() => {
    if (!isAlert || !hearsDanger) return;
    sound('danger');
    const timer = setInterval(() => sound('danger'), ALERT_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isAlert, hearsDanger]);

  const who = route.view === 'desk' ? open?.detail?.conversation.who : undefined;
  const view =
    route.view === 'desk' || route.view === 'invitation'
      ? t.views.desk
      : route.view === 'ticket'
        ? t.views.tickets
        : t.views[route.view];
  const total = counts.queue + waiting + mentions.length;
  useEffect(() => {
    const number = isAlert ? '(!) ' : total ? `(${total}) ` : '';
    document.title = `${number}${who ?? view} · ${t.product}`;
  }, [isAlert, total, who, view, t]);
}
