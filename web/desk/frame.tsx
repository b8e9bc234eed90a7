// What stands around every view: where one is, where one can go, whether the line lives, and whether one is available.
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { comeToCounter } from './counter/contact';
import { useKeys } from './keys';
import { Button, Key } from './parts/controls';
import { Icon, type IconName } from './parts/icon';
import { Mark } from './parts/mark';
import { Initials } from './parts/people';
import { follow, go, pathOf, type Route, useRoute } from './route';
import { leaveRoom } from './server/room';
import { showList } from './state/lists';
import { changeMe, signOut } from './state/session';
import { useDesk, useMe } from './state/store';
import { KeyHelp } from './views/key-help';
import { useWords, type Words } from './words';

/** Places that a phone shows at the foot of the page. */
const UNDER_THE_THUMB = 3;
type Place = keyof Words['views'];

/** For those who watch over a service. */
const STEERING: Array<[Route, IconName]> = [
  [{ view: 'board' }, 'board'],
  [{ view: 'knowledge' }, 'book'],
  [{ view: 'figures' }, 'figures'],
  [{ view: 'campaigns' }, 'campaigns'],
];

export function Frame({ alerts, children }: { alerts: ReactNode; children: ReactNode }) {
  const t = useWords();
  const me = useMe();
  const route = useRoute();
  const [isHelp, setHelp] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const isSupervisor = me.roles.some(({ role }) => role !== 'agent');
  const { isTraining = false } = me;
  const places: Array<[Route, IconName]> = isTraining
    ? [[{ view: 'desk' }, 'inbox']]
    : [
        [{ view: 'desk' }, 'inbox'],
        [{ view: 'counter' }, 'visit'],
        [{ view: 'tickets' }, 'ticket'],
        ...(isSupervisor ? STEERING : []),
      ];
  // On a phone these are behind a button.
  const rest: Array<[Route, IconName]> = [...places.slice(UNDER_THE_THUMB), [{ view: 'search', words: '' }, 'search']];
  const isAvailable = me.status === 'available';
  useKeys({
    '?': () => setHelp(true),
    a: () => void changeMe({ status: isAvailable ? 'away' : 'available' }),
    ...(!isTraining && {
      '/': () => (search.current?.offsetParent ? search.current.focus() : go({ view: 'search', words: '' })),
      v: comeToCounter,
      'g t': () => go({ view: 'tickets' }),
    }),
    ...(isSupervisor && { 'g k': () => go({ view: 'knowledge' }), 'g f': () => go({ view: 'figures' }) }),
    'g q': () => showList('queue'),
    'g m': () => showList('mine'),
  });
  const isHere = (to: Route) => to.view === route.view || (to.view === 'tickets' && route.view === 'ticket');

  return (
    <div className={`frame at-${route.view} ${route.view === 'desk' && route.conversation ? 'has-open' : ''}`}>
      <a className="skip" href="#content">
        {t.skip}
      </a>
      <header className="top">
        <a className="brand" href="/desk/" onClick={(event) => follow(event, { view: 'desk' })}>
          <Mark /> <span>{me.town.name}</span>
        </a>
        <nav className="places" aria-label={t.product}>
          {places.map(([to, icon], index) => (
            <a
              key={to.view}
              className={`place-link ${index < UNDER_THE_THUMB ? '' : 'wide-only'}`}
              href={pathOf(to)}
              aria-current={isHere(to) ? 'page' : undefined}
              onClick={(event) => follow(event, to)}
            >
              <Icon name={icon} /> <span>{t.views[to.view as Place]}</span>
            </a>
          ))}
          {!isTraining && (
            <MenuTrigger>
              <AriaButton className={`place-link phone-only ${rest.some(([to]) => isHere(to)) ? 'is-here' : ''}`}>
                <Icon name="more" /> <span>{t.views.menu}</span>
              </AriaButton>
              <Popover className="popover" placement="top end">
                <Menu
                  className="menu"
                  aria-label={t.views.menu}
                  onAction={(view) => go(rest.find(([to]) => to.view === view)![0])}
                >
                  {rest.map(([to, icon]) => (
                    <MenuItem key={to.view} id={to.view} textValue={t.views[to.view as Place]} className="menu-item">
                      <Icon name={icon} /> {t.views[to.view as Place]}
                    </MenuItem>
                  ))}
                </Menu>
              </Popover>
            </MenuTrigger>
          )}
        </nav>
        {route.view !== 'search' && !isTraining && <SearchBox field={search} />}
        <Status />
        <MenuTrigger>
          <AriaButton className="account">
            <Initials name={me.name} />
            <span className="unseen">{t.status.account(me.name)}</span>
          </AriaButton>
          <Popover className="popover" placement="bottom end">
            <div className="account-name">
              <strong>{me.name}</strong>
              <span>{me.email}</span>
            </div>
            <Menu
              className="menu"
              aria-label={t.status.account(me.name)}
              onAction={(key) => {
                if (key === 'settings') go({ view: 'settings' });
                if (key === 'training') go({ view: 'training' });
                if (key === 'keys') setHelp(true);
                if (key === 'out') void signOut();
              }}
            >
              {!isTraining && (
                <MenuItem id="training" textValue={t.views.training} className="menu-item">
                  <Icon name="training" /> {t.views.training}
                </MenuItem>
              )}
              <MenuItem id="settings" textValue={t.views.settings} className="menu-item">
                <Icon name="settings" /> {t.views.settings}
              </MenuItem>
              <MenuItem id="keys" textValue={t.status.keys} className="menu-item">
                <Icon name="keyboard" /> {t.status.keys}
              </MenuItem>
              <MenuItem id="out" textValue={t.status.signOut} className="menu-item">
                <Icon name="out" /> {t.status.signOut}
              </MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      </header>
      <LinkBanner />
      {isTraining && (
        <section className="room" aria-label={t.views.training}>
          <p>
            <strong>{t.views.training}.</strong> {t.training.room}
          </p>
          <Button onPress={leaveRoom}>{t.training.leave}</Button>
        </section>
      )}
      {alerts}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <KeyHelp isOpen={isHelp} close={() => setHelp(false)} />
    </div>
  );
}

function SearchBox({ field }: { field: React.RefObject<HTMLInputElement | null> }) {
  const t = useWords();
  function submit(event: FormEvent) {
    event.preventDefault();
    go({ view: 'search', words: field.current?.value.trim() ?? '' });
  }
  return (
    <search className="search-box">
      <form onSubmit={submit}>
        <Icon name="search" />
        <input ref={field} type="search" aria-label={t.search.label} placeholder={t.search.hint} />
        <Key>/</Key>
      </form>
    </search>
  );
}

/** Available or away, and how much of the agent's capacity is taken. */
function Status() {
  const t = useWords();
  const me = useMe();
  const reason = me.statusReason === 'missed-offers' ? t.status.missed : me.statusReason === 'lost' ? t.status.lost : '';
  return (
    <MenuTrigger>
      <AriaButton className={`status ${me.status}`}>
        <span className="status-sign" aria-hidden="true" />
        <span className="status-word">{t.status[me.status]}</span>
        <span className="load" aria-hidden="true">
          {me.load}/{me.capacity}
        </span>
        <span className="unseen">
          {t.status.load(me.load, me.capacity)}, {t.status.choose}
        </span>
        <Icon name="down" />
      </AriaButton>
      <Popover className="popover" placement="bottom end">
        {reason && <p className="status-reason">{reason}</p>}
        <Menu
          className="menu"
          aria-label={t.status.choose}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[me.status]}
          onAction={(status) => void changeMe({ status: status as 'available' | 'away' })}
        >
          {(['available', 'away'] as const).map((status) => (
            <MenuItem key={status} id={status} textValue={t.status[status]} className="menu-item">
              <span className={`status-sign ${status}`} aria-hidden="true" /> {t.status[status]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** Said when the line is gone, and for a moment when it is back. */
function LinkBanner() {
  const t = useWords();
  const link = useDesk((state) => state.link);
  const lostAt = useDesk((state) => state.lostAt);
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (lostAt === undefined) return setSeconds(0);
    const timer = setInterval(() => setSeconds(Math.round((performance.now() - lostAt) / 1000)), 1000);
    return () => clearInterval(timer);
  }, [lostAt]);
  // Said once to those who listen; the seconds are for the eye.
  return (
    <div role="status">
      {link === 'lost' && seconds >= 1 && <p className="banner lost">{t.link.lost(seconds)}</p>}
      {link === 'back' && <p className="banner back">{t.link.back}</p>}
    </div>
  );
}
