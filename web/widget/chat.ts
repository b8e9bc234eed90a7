// One citizen's chat on the town's page: what is typed, pressed, photographed or pinned goes to the outbox; what the
// town says goes to the log. This file joins the parts; each part knows only its own work.
import type { Activity } from '../../src/domain/message/activity';
import { createPhotoChoice } from './attach/photo';
import { createPlaceSharing } from './attach/position';
import { readableColour } from './colour';
import { el } from './element';
import { createLanguage } from './language';
import type { Button, Heard, Opening } from './line/incoming';
import { type Letter, writeLetter } from './line/letter';
import { createLine, type LineState } from './line/line';
import { createMemory } from './line/memory';
import { createOutbox } from './line/outbox';
import { createSigns } from './line/signs';
import { createWire } from './line/wire';
import type { Options } from './options';
import { listenToPage } from './page';
import { createPanel } from './panel';
import { createLog, shownLetter } from './talk/log';
import { createChoices, createQuestion } from './talk/prompts';
import { saveText, writeTranscript } from './talk/transcript';
import { createUnread } from './talk/unread';

export interface Chat {
  element: HTMLElement;
  /** It stands on the page, for the first time or again after a router has moved it. */
  connect(): void;
  /** It stands on no page: it listens to nothing and asks nothing, and loses nothing. */
  disconnect(): void;
  /** The language of the page around it, as far as the citizen has not chosen another. */
  prefer(language: string): void;
}

export function createChat(options: Options, paint: (colour: string) => void): Chat {
  const memory = createMemory(options.town, options.remember);
  const kept = memory.read();
  const language = createLanguage(kept.language, options.language);
  let townName = '';
  let botLanguage: string | undefined;
  let lineState: LineState = 'connecting';
  const { words } = language;

  const log = createLog({
    words,
    language: language.code,
    press,
    retry: (id) => outbox.retry(id),
    say: (text) => panel.say(text),
  });
  const choices = createChoices(words, press);
  const question = createQuestion(words);
  const photo = createPhotoChoice({ words, say: (...said) => panel.say(...said), focus: () => panel.focusText() });
  const place = createPlaceSharing({
    words,
    question,
    say: (...said) => panel.say(...said),
    focus: () => panel.focusText(),
    share: (found) => send({ text: '', entities: [found] }),
  });
  const hint = el('p', { class: 'hint' });

  const panel = createPanel({
    words,
    middle: [hint, log.element, choices.element, question.element, photo.preview],
    tools: [photo.input, photo.button, place.button],
    send(text) {
      const file = photo.take();
      if (text || file) send({ text }, file);
    },
    person: () => send({ text: words().person }),
    typed: () => signs.typed(),
    switchLanguage,
    download() {
      const day = new Date().toISOString().slice(0, 10);
      saveText(writeTranscript(log.shown(), townName || words().title, words()), `${options.town}-${day}.txt`);
    },
    legalPage: (code) => `${options.server}/legal/${options.town}?l=${code}`,
    restart: () =>
      question.ask(words().restartAsk, words().restart, (isYes) => {
        if (isYes) restart();
        panel.focusText();
      }),
    opened() {
      memory.setOpen(true);
      markRead();
      line.open();
    },
    closed: () => memory.setOpen(false),
    escape: () => question.refuse(),
  });

  const unread = createUnread({
    memory,
    lastAt: () => log.shown()[log.shown().length - 1]?.at,
    show: (count) => panel.setUnread(count),
  });

  const signs = createSigns({
    sign: (activity) => line.sign(activity),
    shown: () => log.shown(),
    isSeen: () => panel.isOpen() && !document.hidden,
  });

  const line = createLine({
    wire: createWire(options.server),
    memory,
    town: options.town,
    language: language.code,
    heard,
    changed,
    introduced(face) {
      memory.keep({ town: face });
      introduced(face);
    },
    replaced(why) {
      if (why === 'elsewhere') empty();
      choices.clear();
      log.notice(why === 'expired' ? words().expired : words().restarted);
    },
  });

  const outbox = createOutbox({
    post: ({ activity, file }) => line.post(activity, file),
    memory,
    changed(letter, code) {
      const why = words().refusal(code ?? '');
      log.setState(letter.id, letter.state, !letter.fileName || !!letter.file, why);
      if (letter.state === 'failed' || letter.state === 'refused') panel.say(why ?? words().failedSaid);
    },
  });

  function send(said: Partial<Activity>, file?: File) {
    choices.clear();
    const letter = writeLetter(said, language.code(), file);
    show(letter);
    outbox.add(letter);
    if (lineState !== 'online') line.wake();
  }

  function show(letter: Letter) {
    hint.hidden = true;
    log.add(shownLetter(letter));
    log.setState(letter.id, 'sending', false);
  }

  function press({ kind, title, value }: Button) {
    send({ text: value, channelData: kind === 'postBack' ? { postBack: true, messageBack: { displayText: title } } : {} });
    panel.focusText();
  }

  function heard(activity: Heard) {
    if (activity.type === 'typing') {
      const { author, agentName } = activity;
      if (author !== 'citizen') panel.setTyping(agentName ? words().typingNamed(agentName) : words().typing);
      return;
    }
    if (activity.type !== 'message') return;
    if (activity.author === 'citizen') {
      choices.clear();
      const isShown = log.shown().some(({ key }) => key === activity.letter);
      if (activity.letter) outbox.arrived(activity.letter);
      if (isShown) return;
    } else {
      panel.setTyping('');
      botLanguage = activity.language?.slice(0, 2) ?? botLanguage;
    }
    hint.hidden = true;
    log.add({ ...activity, key: activity.letter ?? activity.id });
    if (activity.author === 'citizen') return;
    choices.offer(activity.buttons, activity.language ?? language.code());
    if (activity.buttons.length > 0) panel.say(`${words().choices} : ${activity.buttons.map(({ title }) => title).join(', ')}`);
    if (panel.isOpen()) return markRead();
    if (unread.add(activity.at)) panel.say(words().newMessage);
  }

  function markRead() {
    unread.read();
    signs.read();
  }

  function changed(state: LineState) {
    const before = lineState;
    lineState = state;
    const broken = state === 'offline' ? words().offline : state === 'unavailable' ? words().unavailable : '';
    if (state !== 'connecting') panel.setBanner(broken);
    if (state !== before && broken) panel.say(broken);
    if (state !== 'online') return;
    if (before === 'offline' || before === 'unavailable') panel.say(words().online);
    signs.read();
    sendWaiting();
  }

  /** Kept from before a reload, or by another tab: shown once the history is there, so that they stand where they belong. */
  function sendWaiting() {
    for (const letter of outbox.waiting()) {
      if (log.shown().some(({ key }) => key === letter.id)) continue;
      show(letter);
      log.setState(letter.id, letter.state, !letter.fileName);
      if (letter.fileName) panel.say(words().photoLost, true);
    }
    void outbox.flush();
  }

  function introduced({ name, colour, languages: theirs }: Opening['town']) {
    if (name) panel.setTown(name);
    townName = name ?? townName;
    const readable = readableColour(colour);
    if (readable) paint(readable);
    language.among(theirs);
    translate();
  }

  function translate() {
    panel.translate(language.code(), language.other());
    hint.textContent = words().hint;
    photo.translate();
    place.translate();
  }

  /** The widget changes at once; the assistant is asked in plain words, as the citizen would. */
  function switchLanguage() {
    language.choose(language.other()?.code);
    memory.keep({ language: language.code() });
    translate();
    if (lineState === 'offline' || lineState === 'unavailable') panel.say(words().switchFailed);
    if (botLanguage !== language.code()) send({ text: words().inThisLanguage });
  }

  function restart() {
    empty();
    line.restart();
    panel.say(words().restarted);
  }

  function empty() {
    log.clear();
    choices.clear();
    outbox.clear();
    botLanguage = undefined;
    hint.hidden = false;
    panel.setTyping('');
  }

  /** Another tab has changed what both keep: the conversation is one, and so are its language and what was read of it. */
  function compare() {
    speak(memory.read().language);
    unread.compare();
    line.compare();
  }

  function speak(wanted: string | undefined) {
    if (language.choose(wanted)) translate();
  }

  let leavePage: (() => void) | undefined;

  if (kept.town) introduced(kept.town);
  else translate();

  return {
    element: panel.element,
    connect() {
      if (!leavePage) {
        const unwatch = memory.watch(compare);
        const unlisten = listenToPage({
          open(draft) {
            panel.open();
            if (draft) panel.draft(draft);
          },
          online: () => line.wake(),
          offline: () => line.drop(),
          seen() {
            line.wake();
            signs.read();
          },
        });
        leavePage = () => {
          unwatch();
          unlisten();
        };
        // Only where the citizen has opened the chat before: nothing is asked of the server otherwise.
        if (panel.isOpen() || memory.read().token) line.open();
      }
      panel.settle();
      log.settle();
      if (memory.isOpen() && memory.read().token) panel.open('quietly');
    },
    disconnect() {
      leavePage?.();
      leavePage = undefined;
      line.close();
    },
    prefer: (wanted) => speak(memory.read().language ?? wanted),
  };
}
