// A map of the town with points in it. What a map says to the eye stands as text beside it, wherever one is used.
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { MapPoint, TownMap } from '../../../src/desk/wire';
import { Failed } from '../parts/controls';
import { api } from '../server/api';
import { useMe } from '../state/store';
import { explain } from '../state/toasts';
import { useWords } from '../words';
import type { Dot, OpenMap } from './canvas';

export type { Dot };

/** By town and language: it is the same all day. */
const towns = new Map<string, Promise<TownMap>>();

function townMap(key: string): Promise<TownMap> {
  const asked = towns.get(key) ?? api.map();
  towns.set(key, asked);
  asked.catch(() => towns.delete(key));
  return asked;
}

/** Whether the page is dark now: a canvas is drawn anew when that changes. */
function useIsDark(): boolean {
  const { theme } = useMe().settings;
  const night = matchMedia('(prefers-color-scheme: dark)');
  const watch = useCallback((changed: () => void) => {
    const machine = matchMedia('(prefers-color-scheme: dark)');
    machine.addEventListener('change', changed);
    return () => machine.removeEventListener('change', changed);
  }, []);
  const isNight = useSyncExternalStore(watch, () => night.matches);
  return theme === 'system' ? isNight : theme === 'dark';
}

interface TownMapProps {
  label: string;
  dots: Dot[];
  /** The one that stands out. */
  lit?: string;
  /** Near, around one point. */
  around?: MapPoint;
  moved?(ids: string[]): void;
  pressed?(ids: string[]): void;
}

export function TownMapView({ label, dots, lit, around, moved, pressed }: TownMapProps) {
  const t = useWords();
  const { town, settings } = useMe();
  const isDark = useIsDark();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<OpenMap>();
  const [fault, setFault] = useState<string>();
  const [credit, setCredit] = useState('');
  const [tries, setTries] = useState(0);
  const heard = useRef({ moved, pressed });
  heard.current = { moved, pressed };
  const [north, east] = around ?? [];
  const { zoomIn, zoomOut } = t.map;

  // biome-ignore lint/correctness/useExhaustiveDependencies: opened anew when the colours change, and when it is tried again.
  useEffect(() => {
    let made: OpenMap | undefined;
    let isGone = false;
    setFault(undefined);
    async function begin() {
      try {
        const { openMap } = await import('./canvas');
        const lines = await townMap(`${town.id} ${settings.language}`);
        if (isGone || !box.current) return;
        made = openMap(box.current, {
          town: lines,
          words: { zoomIn, zoomOut },
          around: north !== undefined && east !== undefined ? [north, east] : undefined,
          moved: (ids) => heard.current.moved?.(ids),
          pressed: (ids) => heard.current.pressed?.(ids),
        });
        setCredit(lines.tiles?.credit ?? '');
        setOpen(made);
      } catch (error) {
        if (!isGone) setFault(explain(error));
      }
    }
    void begin();
    return () => {
      isGone = true;
      made?.close();
      setOpen(undefined);
    };
  }, [town.id, settings.language, isDark, north, east, tries]);
  useEffect(() => open?.show(dots), [open, dots]);
  useEffect(() => open?.light(lit), [open, lit]);

  return (
    <div className={around ? 'map small' : 'map'}>
      <Failed fault={fault} retry={() => setTries((before) => before + 1)} />
      <section className="map-box" ref={box} aria-label={label} />
      {credit && <p className="hint">{credit}</p>}
    </div>
  );
}
