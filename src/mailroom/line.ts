/**
 * One conversation at a time, many conversations at once: a waiting line per conversation inside
 * this process. Asking for a conversation that is being worked on makes it be looked at once more.
 */

export interface WaitingLine {
  /** Work on this conversation, now or as soon as the work in hand is done. */
  ask(conversation: string): void;
  /** The same, after a while. */
  askLater(conversation: string, afterMs: number): void;
  isInHand(conversation: string): boolean;
  inHand(): number;
  stop(): void;
}

/** `work` must not throw; it returns how long to wait before looking again, or null when there is nothing left to do. */
export function createWaitingLine(work: (conversation: string) => Promise<number | null>): WaitingLine {
  const busy = new Map<string, { again: boolean }>();
  const timers = new Map<string, NodeJS.Timeout>();
  let isStopped = false;

  async function run(conversation: string): Promise<void> {
    const state = { again: false };
    busy.set(conversation, state);
    let wait: number | null = null;
    do {
      state.again = false;
      wait = await work(conversation);
    } while (state.again);
    busy.delete(conversation);
    if (wait !== null) line.askLater(conversation, wait);
  }

  const line: WaitingLine = {
    ask(conversation) {
      if (isStopped) return;
      const state = busy.get(conversation);
      if (state) state.again = true;
      else void run(conversation);
    },
    askLater(conversation, afterMs) {
      if (isStopped || timers.has(conversation)) return;
      timers.set(
        conversation,
        setTimeout(() => {
          timers.delete(conversation);
          line.ask(conversation);
        }, afterMs),
      );
    },
    isInHand: (conversation) => busy.has(conversation),
    inHand: () => busy.size,
    stop() {
      isStopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
  return line;
}
