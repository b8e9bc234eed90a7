// What the page around the chat tells it: that somebody pressed what opens it, that the network came or went, that it is looked at again.

interface Parts {
  /** `draft`: words to start from. */
  open(draft: string | undefined): void;
  online(): void;
  offline(): void;
  seen(): void;
}

/** Listens until it is called off. */
export function listenToPage({ open, online, offline, seen }: Parts): () => void {
  /** Any element of the page may open the chat: `data-guichet-open`, with words to start from as its value if wished. */
  function pressed(event: Event) {
    const opener = event.target instanceof Element && event.target.closest<HTMLElement>('[data-guichet-open]');
    if (!opener) return;
    event.preventDefault();
    open(opener.dataset.guichetOpen);
  }
  const listened: Array<[EventTarget, string, (event: Event) => void]> = [
    [document, 'click', pressed],
    [window, 'online', online],
    [window, 'offline', offline],
    [document, 'visibilitychange', () => document.hidden || seen()],
  ];
  for (const [target, type, hear] of listened) target.addEventListener(type, hear);
  return () => {
    for (const [target, type, hear] of listened) target.removeEventListener(type, hear);
  };
}
