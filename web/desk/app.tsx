// Who sees what: the door for those who are not signed in, else the frame and the view that the address names.
import { useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { Alerts } from './alerts';
import { Unbroken } from './broken';
import { Counter } from './counter/counter';
import { Frame } from './frame';
import { Mentions } from './mentions';
import { Offer } from './offer';
import { Toasts } from './parts/toasts';
import { useRoute } from './route';
import { useSignals } from './signals';
import { start } from './state/session';
import { useDesk } from './state/store';
import { Board } from './views/board';
import { Campaigns } from './views/campaigns';
import { Desk } from './views/desk';
import { Figures } from './views/figures';
import { Knowledge } from './views/knowledge';
import { Search } from './views/search';
import { Settings } from './views/settings';
import { Invitation, SignIn, SignInAgain } from './views/sign-in';
import { Ticket } from './views/ticket';
import { Tickets } from './views/tickets';
import { Training } from './views/training';
import { languageOf, useWords } from './words';

const TRY_AGAIN_MS = 5000;

export function App() {
  const t = useWords();
  const route = useRoute();
  const session = useDesk((state) => state.session);
  const me = useDesk((state) => state.me);
  const settings = me?.settings;

  useEffect(() => {
    const root = document.documentElement;
    root.lang = languageOf(settings?.language);
    root.dataset.theme = settings?.theme ?? 'system';
    root.dataset.density = settings?.density ?? 'comfortable';
  }, [settings]);
  useEffect(() => {
    if (session !== 'unreachable') return;
    const timer = setInterval(() => void start(), TRY_AGAIN_MS);
    return () => clearInterval(timer);
  }, [session]);

  return (
    <I18nProvider locale={t.locale}>
      <Unbroken>
        {route.view === 'invitation' && session !== 'in' ? (
          <Invitation />
        ) : me ? (
          <SignedIn />
        ) : session === 'out' ? (
          <SignIn />
        ) : (
          <main className="door" id="content">
            <p role="status">{session === 'unreachable' ? t.signIn.unreachable : t.loading}</p>
          </main>
        )}
        {me && session === 'out' && <SignInAgain />}
        <Toasts />
      </Unbroken>
    </I18nProvider>
  );
}

function SignedIn() {
  const route = useRoute();
  useSignals();
  return (
    <Frame
      alerts={
        <>
          <Alerts />
          <Offer />
          <Mentions />
        </>
      }
    >
      {route.view === 'tickets' && <Tickets />}
      {route.view === 'ticket' && <Ticket key={route.reference} reference={route.reference} />}
      {route.view === 'search' && <Search words={route.words} />}
      {route.view === 'counter' && <Counter />}
      {route.view === 'board' && <Board />}
      {route.view === 'knowledge' && <Knowledge topic={route.topic} />}
      {route.view === 'figures' && <Figures />}
      {route.view === 'campaigns' && <Campaigns />}
      {route.view === 'training' && <Training />}
      {route.view === 'settings' && <Settings part={route.part} />}
      {(route.view === 'desk' || route.view === 'invitation') && <Desk />}
    </Frame>
  );
}
