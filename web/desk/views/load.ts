// Loading what a view shows once: what it is, or why it is not there and how to try again.
import { useCallback, useEffect, useState } from 'react';
import { Refused } from '../server/api';
import { explain } from '../state/toasts';

export interface Loaded<T> {
  value?: T;
  fault?: string;
  isMissing: boolean;
  load(): void;
}

export function useLoaded<T>(ask: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, 'load'>>({ isMissing: false });
  const load = useCallback(() => {
    let isStale = false;
    ask().then(
      (value) => !isStale && setState({ value, isMissing: false }),
      (error) => {
        if (isStale) return;
        const isMissing = error instanceof Refused && (error.status === 404 || error.status === 403);
        // What was loaded before stays in sight.
        setState(({ value }) => ({ value, fault: explain(error), isMissing }));
      },
    );
    return () => {
      isStale = true;
    };
  }, [ask]);
  useEffect(load, [load]);
  return { ...state, load };
}
