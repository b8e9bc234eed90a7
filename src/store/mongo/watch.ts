/**
 * Keeps an eye on the server for the operator: says once when it goes away and once when it is back, and keeps
 * trying to connect when it was away from the start. The work itself needs none of this: callers try again.
 */
import type { MongoClient, ServerDescription, TopologyDescription } from 'mongodb';
import type { Trouble } from '../write-watch';

const WRITABLE = new Set(['RSPrimary', 'Standalone', 'Mongos', 'LoadBalanced']);
const RECONNECT_PAUSE_MS = 1000;

export interface Watch {
  stop(): void;
}

export function watchServer(client: MongoClient, onTrouble: (event: Trouble) => void): Watch {
  let state: 'unknown' | 'up' | 'down' = 'unknown';
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  function become(next: 'up' | 'down', reason?: string): void {
    if (stopped || state === next) return;
    const isNews = next === 'down' || state === 'down';
    state = next;
    if (isNews) onTrouble(reason ? { state: next, reason } : { state: next });
  }

  client.on('topologyDescriptionChanged', ({ newDescription }: { newDescription: TopologyDescription }) => {
    const servers = [...newDescription.servers.values()];
    if (servers.some(({ type }) => WRITABLE.has(type))) become('up');
    else if (state === 'up') become('down', reasonIn(servers));
  });

  async function connect(): Promise<void> {
    try {
      await client.connect();
    } catch (error) {
      become('down', (error as Error).message);
      if (!stopped) timer = setTimeout(connect, RECONNECT_PAUSE_MS);
    }
  }
  void connect();

  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function reasonIn(servers: ServerDescription[]): string {
  return servers.find(({ error }) => error)?.error?.message ?? 'no server takes writes';
}
