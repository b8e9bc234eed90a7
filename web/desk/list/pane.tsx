// The left pane: the queue, what is mine, what is parked, each with its count, kept live.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  Button as AriaButton,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Tab,
  TabList,
  TabPanel,
  Tabs,
} from 'react-aria-components';
import { SavedFilters } from '../filters/saved';
import { ManyConversations } from '../many/conversations';
import { useSelection } from '../many/selection';
import { Button, Empty } from '../parts/controls';
import { Icon } from '../parts/icon';
import { go, useRoute } from '../route';
import { loadLists, loadMore, showList } from '../state/lists';
import { changeMe } from '../state/session';
import { inOrder, LISTS, type ListName } from '../state/state';
import { useDesk, useMe } from '../state/store';
import { useWords } from '../words';
import { Rows } from './rows';

const SAY_COUNTS_EVERY_MS = 10_000;

export function ListPane() {
  const t = useWords();
  const me = useMe();
  const list = useDesk((state) => state.list);
  const route = useRoute();
  const chosen = route.view === 'desk' ? route.conversation : undefined;
  const rows = useDesk((state) => state.rows);
  const counts = useDesk((state) => state.counts);
  const failed = useDesk((state) => state.failedList);
  const isLoaded = useDesk((state) => state.loaded[list]);
  const service = me.settings.shown?.desk?.service ?? '';
  const setService = (wish: string) =>
    void changeMe({ settings: { shown: { ...me.settings.shown, desk: wish ? { service: wish } : {} } } });

  const ordered = useMemo(() => inOrder(rows.values(), list, me), [rows, list, me]);
  const services = useMemo(
    () => [...new Map(ordered.flatMap((row) => (row.service ? [[row.service.id, row.service]] : []))).values()],
    [ordered],
  );
  const wished = services.some(({ id }) => id === service) ? service : '';
  const shown = useMemo(() => (wished ? ordered.filter((row) => row.service?.id === wished) : ordered), [ordered, wished]);
  const ids = useMemo(() => shown.map(({ id }) => id), [shown]);
  const selection = useSelection(ids);
  const nearEnd = useCallback(() => void loadMore(list), [list]);
  const choose = useCallback((id: string) => go({ view: 'desk', conversation: id }), []);

  return (
    <section className="pane list-pane" aria-label={t.lists.label[list]}>
      <Tabs
        selectedKey={list}
        onSelectionChange={(key) => {
          selection.end();
          showList(key as ListName);
        }}
        className="tabs"
      >
        <TabList aria-label={t.views.desk} className="tab-list">
          {LISTS.map((name) => (
            <Tab key={name} id={name} className="tab">
              {t.lists[name]} <span className={`count ${name === 'queue' && counts.urgent ? 'urgent' : ''}`}>{counts[name]}</span>
            </Tab>
          ))}
        </TabList>
        <TabPanel key={list} id={list} className="tab-panel">
          <div className="list-tools">
            {services.length > 1 && (
              <Select
                aria-label={t.lists.service}
                className="filter"
                selectedKey={wished || 'all'}
                onSelectionChange={(key) => setService(key === 'all' ? '' : String(key))}
              >
                <AriaButton className="filter-button">
                  <SelectValue />
                  <Icon name="down" />
                </AriaButton>
                <Popover className="popover">
                  <ListBox className="menu" items={[{ id: 'all', name: t.lists.allServices }, ...services]}>
                    {({ id, name }) => (
                      <ListBoxItem id={id} textValue={name} className="menu-item">
                        {name}
                      </ListBoxItem>
                    )}
                  </ListBox>
                </Popover>
              </Select>
            )}
            <SavedFilters
              view="desk"
              current={{ list, ...(wished && { service: wished }) }}
              apply={(filter) => {
                setService(filter.service ?? '');
                if (filter.list) showList(filter.list);
              }}
            />
            {shown.length > 1 && !selection.isOn && (
              <Button look="quiet" icon="check" keyHint={me.settings.keys ? 'M' : undefined} onPress={selection.begin}>
                {t.many.select}
              </Button>
            )}
          </div>
          {failed && (
            <div className="failed" role="alert">
              <p>{failed}</p>
              <Button onPress={() => void loadLists()}>{t.retry}</Button>
            </div>
          )}
          {!isLoaded && !failed && <Skeleton />}
          {isLoaded && shown.length === 0 && <Empty words={t.lists.empty[list]!} />}
          {shown.length > 0 && (
            <Rows
              rows={shown}
              label={t.lists.label[list]}
              density={me.settings.density}
              chosen={chosen}
              choose={choose}
              selection={selection}
              nearEnd={nearEnd}
            />
          )}
          <ManyConversations list={list} rows={shown} selection={selection} />
        </TabPanel>
      </Tabs>
      <SaidCounts />
    </section>
  );
}

function Skeleton() {
  const t = useWords();
  return (
    <div className="skeleton" role="status">
      <span className="unseen">{t.loading}</span>
      {[0, 1, 2, 3].map((row) => (
        <span key={row} />
      ))}
    </div>
  );
}

/** The counts as a screen reader hears them: politely, and not at every change. */
function SaidCounts() {
  const t = useWords();
  const { queue, mine } = useDesk((state) => state.counts);
  const [said, setSaid] = useState('');
  const words = t.lists.counts(queue, mine);
  const latest = useRef(words);
  latest.current = words;
  useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), SAY_COUNTS_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="unseen" role="status">
      {said}
    </p>
  );
}
