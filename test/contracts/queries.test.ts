/** Every query a repository makes has an index, in every store: a scan is fine with ten rows and an outage with ten million. */

import { type Conversation, createMemory } from '../../src/domain/conversation';
import type { Agent } from '../../src/domain/desk/agent';
import type { Campaign } from '../../src/domain/listening/campaign';
import type { Ticket } from '../../src/domain/ticket/ticket';
import type { Collection, Database, Document, Filter, FindOptions } from '../../src/store';
import { createStore } from '../../src/store/store';
import { describeBacks } from '../support/scratch';

interface Asked {
  collection: string;
  filter: Filter;
  options: FindOptions;
}

/** The database, remembering what is asked of it. */
function remembering(database: Database, asked: Asked[]): Database {
  return {
    ...database,
    collection<T extends Document>(name: string): Collection<T> {
      const rows = database.collection<T>(name);
      const note = (filter: Filter, options: FindOptions = {}) => asked.push({ collection: name, filter, options });
      return {
        ...rows,
        find(filter, options) {
          note(filter, options);
          return rows.find(filter, options);
        },
        updateIf(filter, changes, options) {
          note(filter, options);
          return rows.updateIf(filter, changes, options);
        },
        changeIf(filter, changes) {
          note(filter);
          return rows.changeIf(filter, changes);
        },
        count(filter) {
          note(filter);
          return rows.count(filter);
        },
        remove(filter, options) {
          note(filter);
          return rows.remove(filter, options);
        },
      };
    },
  };
}

const at = '2026-10-13T08:12:00.000Z';
const letter = {
  _id: 'web:c:1',
  town: 't',
  channel: 'web',
  conversation: 'c',
  address: 'a',
  activity: { type: 'message', text: 'x' },
  order: '1',
  attempts: 0,
  dueAt: 1,
} as const;

describeBacks('no query scans', (_back, scratch) => {
  test('each method of each repository goes through an index', async () => {
    const asked: Asked[] = [];
    const database = await scratch().open();
    const store = createStore(remembering(database, asked));
    await store.prepare();
    asked.length = 0;
    const { conversations, mail, transcript, tickets, followers, ledger, alerts, spending, feed } = store;
    const { subscriptions, campaigns, pollAnswers } = store;
    const { agents, sessions, audit, drafts, canned, search, attempts, callbacks, jobs, pauses, reports, exercises, recordings } =
      store;
    const conversation: Conversation = {
      id: 'c',
      town: 't',
      channel: 'web',
      address: 'a',
      version: 0,
      holder: 'bot',
      memory: createMemory('fr'),
      lines: 0,
      pending: null,
      lastCauses: [],
      createdAt: at,
      updatedAt: at,
    };
    await conversations.begin(conversation);
    await conversations.find('c');
    await conversations.save(conversation, { ...conversation, lines: 1 }, { owner: 'me', until: 5 }, 1);
    await conversations.unsettled(9, 10, 20);
    await conversations.toRemind(9, 10);
    await conversations.untold(9, 10);
    await conversations.told('c', 1);
    await conversations.queue('t', ['roads', 'parks'], { limit: 10, after: { place: 1, id: 'c' } });
    await conversations.queue('t', ['roads'], { limit: 10 });
    await conversations.ahead('t', 'roads', { place: 5, id: 'c' });
    await conversations.waiting('t', 'roads');
    await conversations.waiting('t');
    await conversations.ofAgent('t:1', 'agent', { limit: 10 });
    await conversations.ofAgent('t:1', 'bot', { limit: 10, after: 'c' });
    await conversations.atDesk('t', 'queue');
    await conversations.closed('t', '2027', 10);
    await conversations.mentioning('t', 10);
    await conversations.toSettle(9, 10);
    await conversations.settle('c', { owner: 'me', until: 5 });
    await mail.inbox.write({ ...letter, state: 'new' });
    await mail.outbox.write({ ...letter, channel: 'sms', state: 'due', leaseUntil: 0 });
    for (const pile of [mail.inbox, mail.outbox]) {
      await pile.get(letter._id);
      // Two at once are one question.
      await Promise.all(['c', 'd'].map((conversation) => pile.ofConversation(conversation, 10)));
      await pile.ofConversation('c', 10);
      await pile.due(9, 10, 20);
      await pile.lately('c', 10);
      await pile.ofThreads('c:', 'dead', '0', 10);
      await pile.list('dead', 10);
      await pile.count('dead');
    }
    await mail.inbox.move(letter._id, ['new'], { $set: { state: 'done' } });
    await mail.outbox.move(letter._id, ['due'], { $set: { state: 'sent' } }, { leaseUntil: 0 });
    await mail.isTaken('SM1', letter._id);
    await mail.unanswered(9, 10);
    await mail.counts();
    await transcript.write({ id: 'l', town: 't', conversation: 'c', line: 1, at, from: 'bot', activity: { type: 'message' } });
    await transcript.after('c', 0, 10);
    await transcript.withNotes('c', 0, 10);
    await transcript.before('c', 5, 10);
    const ticket = {
      id: 'k',
      town: 't',
      reference: 'R',
      channel: 'web',
      address: 'a',
      openedAt: at,
      history: [],
      revision: 0,
    } as unknown as Ticket;
    await tickets.open(ticket);
    await tickets.byReference('t', 'R');
    await tickets.ofAddress('t', 'web', 'a', 5);
    for (const services of ['all' as const, ['roads', 'taxes']]) {
      const addresses = [{ channel: 'sms' as const, address: '+33639980000' }];
      await tickets.ofCitizen('t', { addresses, contact: '+33639980000', services, withRestricted: services === 'all' }, 10);
    }
    await tickets.change('t', 'R', { id: 'e', at, by: 'citizen', kind: 'comment', isPublic: true }, () => ({}));
    await tickets.list('t', 'new', 5);
    const listed = { states: ['new', 'waiting'], services: ['roads', 'parks'], restricted: [] as string[] } as const;
    const after = { openedAt: at, reference: 'R' };
    await tickets.page('t', { ...listed, services: [...listed.services], after }, 5);
    for (const restricted of ['all' as const, [], ['roads']]) {
      await tickets.page('t', { ...listed, services: 'all', restricted }, 5);
      await tickets.countOf('t', { ...listed, services: 'all', restricted });
      await tickets.countOf('t', { ...listed, services: [...listed.services], restricted });
    }
    await tickets.page('t', { ...listed, services: 'all', sector: 's' }, 5);
    await tickets.countOf('t', { ...listed, services: ['a'], sector: 's' });
    await tickets.countOpened({ town: 't', topic: 'lamp', from: '2026', to: '2027', sector: 's' });
    await tickets.untold(5);
    await tickets.told(ticket);
    await tickets.openOf('t', 'lamp', 5);
    await followers.add({ town: 't', reference: 'R', conversation: 'c', channel: 'web', address: 'a', at });
    await followers.of('t', 'R', 5);
    await followers.count('t', 'R');
    await followers.followedBy('t', 'web', 'a', 5);
    await followers.remove('t', 'R', 'c');
    await subscriptions.add({ town: 't', theme: 'works', conversation: 'c', channel: 'web', address: 'a', language: 'fr', at });
    await subscriptions.of('t', 'works', 5, '');
    await subscriptions.get('t', 'works', 'c');
    await subscriptions.ofAddress('t', 'a');
    await subscriptions.stop('t', 'a');
    await subscriptions.end('t', 'works', 'c');
    await subscriptions.erase('t', 'a');
    const campaign: Campaign = {
      ...{ id: 'n', town: 't', title: 'x', texts: {}, themes: ['works'], sectors: [], isUrgent: false, at: 1, people: 1 },
      ...{ by: { id: 'a', name: 'A' }, cursor: { theme: 0, after: '' }, handed: 0, skipped: 0, poll: { closesAt: 2 } },
      state: 'sending',
    };
    await campaigns.open(campaign);
    await campaigns.get('t', 'n');
    await campaigns.list('t', 5);
    await campaigns.sending(5);
    await campaigns.over(3, 5);
    await campaigns.advance(campaign, { cursor: { theme: 0, after: 'x' }, state: 'sending', handed: 1, skipped: 0 });
    await campaigns.stop('t', 'n');
    await campaigns.close('t', 'n');
    await pollAnswers.give({
      ...{ town: 't', poll: 'n', choice: 1, language: 'fr', at: 1, conversation: 'c', channel: 'web', address: 'a' },
    });
    await pollAnswers.of('t', 'n', 5, '');
    await pollAnswers.count('t', 'n');
    await pollAnswers.countOf('t', 'n', 1);
    await pollAnswers.forgetWho('t', 'n');
    await pollAnswers.forgetWho('t', 'n', 'x');
    await mail.countOf('n', 'due');
    await mail.withdraw('n');
    await tickets.formal('t', 5);
    await tickets.toLookAt(9, 5);
    await tickets.forwards(9, 5);
    await tickets.lookAgain(ticket, 9);
    await tickets.setDue(ticket, { at, marks: [] });
    await tickets.unheard(5);
    await tickets.ended('t', 'a', 9, 5);
    await tickets.restrict('k', 9);
    await tickets.restricted('t', 'a', 9, 5);
    await tickets.hold('k', { at, by: { id: 'a', name: 'A' }, reason: 'r' });
    await tickets.release('k');
    await tickets.held('t', 5);
    await tickets.comingEnd('t', 'a', 'endedAt', 9);
    await tickets.comingEnd('t', 'a', 'restrictedAt', 9);
    await tickets.setAside('k');
    await tickets.anonymise('t', 'R', 9);
    const { traces, eliminations } = store;
    await traces.conversationsOf('t', 'a');
    await traces.quietSince('t', at, '', 5);
    await traces.countQuiet('t', at);
    await traces.of('c');
    await traces.factsOf('t', 'a');
    await traces.erase('c');
    const pace = { rows: () => 5, rest: async () => {} };
    await conversations.begin({ ...conversation, updatedAt: '2025-01-01T00:00:00.000Z' });
    expect(await traces.end('t', ['c'], at, pace)).toEqual(['c']);
    await traces.pointers(['c'], true);
    await traces.forget(['c'], at, pace);
    await tickets.openAmong('t', 'web', ['a', 'b']);
    await eliminations.note({ town: 't', what: 'ticket:R', day: '2027-01-01', fate: 'to-transfer', why: 'retention' });
    await eliminations.note({ town: 't', what: 'ticket:R', day: '2027-01-01', fate: 'transferred', why: 'retention' });
    const batch = (await eliminations.begin('t', '2027-01-01', ['c']))!;
    expect(await eliminations.begin('t', '2027-01-01', ['c'])).toBeNull();
    expect(await eliminations.begun('t')).toEqual([batch]);
    await eliminations.end('t', batch, 2);
    await eliminations.begin('t', '2027-01-01', ['c']);
    await eliminations.list('t', '2027-01-01', '2027-12-31', 5);
    await eliminations.waiting('t', 5);
    const { dataRequests } = store;
    const wish = { town: 't', channel: 'web', address: 'a', conversation: 'c', dueAt: 1 } as const;
    await dataRequests.ask({ id: 'e', right: 'erase', ...wish });
    await dataRequests.export('e', 0);
    await dataRequests.toErase(1, 5);
    await dataRequests.postpone('e', 2);
    await dataRequests.done('e');
    await dataRequests.forget(9);
    await tickets.byPublicId('t', 'r');
    await tickets.among('t', ['r', 's']);
    await tickets.openedWithin({ town: 't', topics: ['a', 'b'], states: ['new', 'closed'], from: at, to: at }, 5);
    await tickets.heard(ticket);
    await tickets.count('t');
    const said = {
      id: 'm',
      news: 'danger',
      danger: 'gas',
      town: 't',
      reference: 'R',
      conversation: 'c',
      channel: 'web',
      language: 'fr',
      at,
    } as const;
    await spending.add('t', '2026-10-13', 2);
    await spending.of('t', '2026-10-13');
    await spending.isNews('t', '2026-10-13', 'near');
    await feed.add({ town: 't', seq: 1, at, changes: [] });
    await feed.add({ town: 't', seq: 2, at, changes: [] });
    await feed.last('t');
    await feed.after('t', 0, 10);
    await feed.forget('t', '2027-01-01', 10);
    await alerts.note(said);
    await alerts.note({ ...said, id: 'n' });
    await alerts.byReference('t', 'R');
    await alerts.add('t', 'R', { id: 'e', at, kind: 'told' });
    await alerts.list('t', 'open', 5);
    await alerts.count('open');
    await ledger.write('f', { kind: 'referral', town: 't', subject: 's', at: 1 });
    await ledger.since('referral', 't', 's', 0, 5);
    await ledger.count('referral', 't', 's', 0);
    const { misses, tallies, publications } = store;
    const miss = { id: 'm', town: 't', at: 1, reason: 'not-useful', words: 'x', language: 'fr', of: 'o', state: 'open' } as const;
    await misses.write(miss);
    await misses.get('m');
    await misses.open('t', 5);
    await misses.settle('t', 'm', 'a', 2);
    await misses.forget('t', 9);
    await misses.forgetOf('o');
    await tallies.write('y', { town: 't', at: 1, of: 'o', what: 'contact', channel: 'web' });
    await tallies.between('t', 0, 9);
    await tallies.oldest('t');
    await tallies.forget('t', 9);
    await tallies.keepDay({ town: 't', day: '2026-01-01', figures: {} });
    await tallies.days('t', '2026-01-01', '2026-01-02');
    const publication = { town: 't', topic: 'p', text: 'x', base: 'b', hash: 'h', at: 1, by: 'a', kind: 'edit' } as const;
    await publications.add(0, publication);
    await publications.after(0, 5);
    await publications.of('t', 'p', 5);
    await publications.get(1);
    await publications.flag({ town: 't', topic: 'p', by: 'a', at: 1, note: 'x' });
    await publications.flags('t');
    await publications.unflag('t', 'p');

    const person = { town: 't', email: 'a@b.example', roles: [], version: 0 } as unknown as Agent;
    const agent = (await agents.add(person))!;
    expect(await agents.add(person)).toBeNull();
    await agents.ofTown('t');
    await agents.among(['t:1', 't:2']);
    await agents.byEmail('a@b.example');
    await agents.byEmail('a@b.example', 't');
    await agents.byDirectory('i s');
    await agents.byDirectory('i s', 't');
    await agents.change(agent.id, () => ({ statusReason: undefined, missed: 1 }));
    await agents.invite({ id: 'i', kind: 'reset', town: 't', agent: agent.id, expiresAt: 1 });
    await agents.invitation('i');
    await agents.takeInvitation('i');
    await agents.dropInvitations(agent.id, 9);
    const session = { id: 's', agent: agent.id, town: 't', createdAt: 1, seenAt: 1, expiresAt: 2, network: 'n', userAgent: 'u' };
    await sessions.open(session);
    await sessions.find('s');
    await sessions.among(['s', 'x']);
    await sessions.countAmong(['s', 'x'], 9);
    const { presences } = store;
    await presences.put({ tab: 'tab', agent: agent.id, town: 't', until: 9, viewing: 'c', isTyping: false });
    await presences.since('t', 1);
    await presences.viewing('c', 1);
    await presences.lastOf(agent.id);
    await presences.forget(5);
    await sessions.touch('s', 2, 3);
    await sessions.endAllOf(agent.id, 's');
    await sessions.endAllOf(agent.id);
    await sessions.dropExpired(9);
    await sessions.end('s');
    await audit.list('t', 1, 9, 5);
    await audit.ofSubjects('t', ['ticket:R', 'conversation:c'], 5);
    await audit.forget('t', 1, pace);
    const key = { id: 'k', prefix: 'g', town: 't', name: 'n', scopes: [], createdAt: 1 };
    await store.apiKeys.add(key);
    await store.apiKeys.find('k');
    await store.apiKeys.ofTown('t');
    await store.apiKeys.used('k', 2);
    await store.apiKeys.endAt('k', 9);
    await store.apiKeys.revoke('k', 2);
    await drafts.keep(agent.id, 'c', 'reply', { text: 'x', seenLine: 1 }, 9);
    await drafts.of(agent.id, 'c');
    await drafts.keep(agent.id, 'c', 'reply', { text: '', seenLine: 1 }, 9);
    const leaves = {
      town: 't',
      agent: { id: 'a', name: 'A' },
      network: 'n',
      conversation: 'c',
      channel: 'web',
      address: 'x',
    } as const;
    await store.abuses.write({
      ...{ id: 'x', town: 't', at: 5, conversation: 'c', channel: 'web', agent: { id: 'a', name: 'A' } },
      ...{ service: 'roads', kind: 'insult', note: '', words: [], pausedMinutes: 0 },
    });
    await store.abuses.list('t', 1, 9, 5);
    await store.abuses.forget('t', 1);
    await store.leaving.put({ id: 'desk:a:1', ...leaves, action: { text: 'x' }, uploads: [], at, leavesAt: 5 });
    await store.leaving.due(9, 5);
    await store.leaving.of('a', 'c');
    await store.leaving.depart('desk:a:1');
    await store.leaving.hold('desk:a:1', 'taken');
    await store.leaving.takeBack('desk:a:1');
    await store.leaving.done('desk:a:1');
    const fields = {
      id: 't',
      service: 's',
      titles: {},
      phrases: {},
      answer: {},
      details: [],
      verified: { by: '', on: '', until: '', source: '' },
    };
    await store.topicDrafts.keep(agent.id, 't', { base: '', before: fields, fields }, 9);
    await store.topicDrafts.of(agent.id, 't');
    await store.topicDrafts.drop(agent.id, 't');
    const reply = { id: 't:r', town: 't', title: 'x', text: 'x', language: 'fr' };
    await canned.add(reply);
    await canned.change('t:r', 0, reply);
    await canned.get('t:r');
    await canned.ofTown('t');
    await canned.remove('t:r');
    const exercise = {
      id: 'e',
      title: {},
      about: {},
      language: 'fr',
      service: 'accueil',
      opening: ['a'],
      turns: [],
      outcomes: [],
    };
    const own = { id: 'x', town: 't', agent: 't:1', exercise, startedAt: '', state: 'running' as const, isShared: false };
    await exercises.begin(own);
    await exercises.get('x');
    await exercises.running();
    await exercises.of('t:1');
    await exercises.shared('t');
    await exercises.end('x', []);
    await exercises.share('x', true);
    await recordings.keep({ id: 'recorded-x', town: 't', exercise, by: { id: 't:1', name: 'A' }, at });
    await recordings.get('recorded-x');
    await recordings.of('t');
    await recordings.remove('recorded-x');
    const entry = {
      id: 'ticket:t:R',
      kind: 'ticket',
      town: 't',
      service: 'roads',
      at: 1,
      title: '',
      excerpt: '',
      version: 1,
    } as const;
    await search.put(entry, 'bouche égout');
    await search.put({ ...entry, version: 2 }, 'bouche');
    await search.find('t', 'all', 'bouche égo', 5);
    await search.find('t', ['roads'], 'égo', 5);
    await search.drop(entry.id);
    await search.reach('tickets', at);
    await search.reached('tickets');
    await tickets.changedSince(at, 5);
    await conversations.changedSince(at, 5);
    await pauses.begin({ town: 't', service: 'roads', words: {}, by: 't:1', at, until: '' });
    await pauses.of('t', 'roads', at);
    await pauses.ofTown('t', at);
    await pauses.end('t', 'roads');
    await attempts.add('w', 5, 1);
    await attempts.add('w', 5, 9);
    await attempts.takeBack('w');
    await attempts.forget('w');
    await attempts.sweep(9);
    const time = { town: 't', service: 'roads', at };
    await callbacks.hold(time, 1, 'm', 5);
    await callbacks.hold(time, 1, 'n', 5);
    await callbacks.take(time, 'm');
    await callbacks.free(time, 'x');
    await callbacks.taken('t', 'roads', at, 5);
    await jobs.hold('router:t', 'me', 5, 1);
    await jobs.hold('router:t', 'you', 5, 20);
    await jobs.letGo('router:t', 'you');
    await conversations.seen('c', 5);
    await conversations.reached('c', 5);
    await reports.write({ town: 't', date: '2026-11-26', at, looked: 0, counts: {}, items: [] });
    await reports.get('t', '2026-11-26');
    await reports.latest('t');

    expect(asked.length).toBeGreaterThan(25);
    const scans: string[] = [];
    for (const { collection, filter, options } of asked) {
      if (!(await database.collection(collection).explain(filter, options)))
        scans.push(`${collection}: ${JSON.stringify(filter)}`);
    }
    expect(scans).toEqual([]);
  });

  test('a query without an index is noticed', async () => {
    const database = await scratch().open();
    const rows = database.collection('tickets');
    await rows.insert({ _id: 'a', colour: 'red' });
    expect(await rows.explain({ colour: 'red' })).toBeNull();
  });
});
