// Where an agent writes: a reply or a note, each with a draft of its own for each conversation. Nothing typed is ever lost or
// moved; what cannot be sent says why.
import { type KeyboardEvent, type SyntheticEvent, useCallback, useEffect, useRef, useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { ConversationDetail } from '../../../../src/desk/wire';
import { isAtCounter } from '../../../../src/domain/desk/counter';
import { inPlainAlphabet, sizeOf } from '../../../../src/domain/message/sms-encoding';
import { useKeys } from '../../keys';
import { Button, IconButton } from '../../parts/controls';
import { Icon } from '../../parts/icon';
import type { Kind } from '../../state/drafts';
import { tell } from '../../state/line';
import { draftsOf } from '../../state/own-drafts';
import { send } from '../../state/sending';
import { current, useDesk, useMe } from '../../state/store';
import { useWords } from '../../words';
import { Attached } from './attached';
import { attach, KINDS, takeAttached, useAttaching } from './attaching';
import { useCanned } from './canned';
import { useColleagues } from './colleagues';
import { CompletionList } from './completion';
import { insert } from './composer-door';
import { Templates } from './templates';
import { useWindowLeft, WhatsAppWindow } from './whatsapp-window';

/** A field of a canned reply that nobody has filled in: it must not reach a citizen. */
const UNFILLED = /\{[\p{L}_ ]{1,30}\}/gu;
/** As the server takes it. */
const LONGEST = { reply: 1600, note: 4000, whisper: 4000 };
const STOPPED_TYPING_MS = 5000;
/** Where files arrive: a text message has no room for one. */
const TAKE_FILES: ReadonlySet<string> = new Set(['web', 'whatsapp']);

interface ComposerProps {
  detail: ConversationDetail;
  held: { by?: string } | undefined;
  /** Asks for the outcome, then sends and closes. */
  closeWith(send: (outcome: string) => void): void;
}

export function Composer({ detail, held, closeWith }: ComposerProps) {
  const t = useWords();
  const me = useMe();
  const isLost = useDesk(({ link }) => link === 'lost');
  const { conversation: row, may } = detail;
  const mayReply = may.includes('say');
  const mayNote = may.includes('note');
  const [wished, setWished] = useState<Kind>('reply');
  const mayWhisper = may.includes('whisper');
  const mayWrite = { reply: mayReply, note: mayNote, whisper: mayWhisper };
  const kind: Kind = mayWrite[wished] ? wished : mayNote ? 'note' : 'reply';
  const [text, setText] = useState(() => draftsOf().choose(row.id, kind, detail.drafts[kind]).text);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);

  const kept = useRef(detail.drafts);
  kept.current = detail.drafts;
  const restore = useCallback(() => setText(draftsOf().choose(row.id, kind, kept.current[kind]).text), [row.id, kind]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was held has gone back to the draft.
  useEffect(restore, [restore, held]);

  const write = (words: string) => {
    setText(words);
    draftsOf().write(row.id, kind, words, current().open?.seen ?? 0);
    if (kind !== 'reply') return;
    clearTimeout(typing.current);
    tell(row.id, words !== '');
    typing.current = setTimeout(() => tell(row.id, false), STOPPED_TYPING_MS);
  };
  useEffect(() => () => clearTimeout(typing.current), []);

  const canned = useCanned({ text, area, detail, agent: me.name, write, isReply: kind === 'reply' });
  const colleagues = useColleagues({ text, area, detail, write, isNote: kind === 'note' });
  const completion = kind === 'note' ? colleagues : canned;
  const unfilled = kind === 'reply' ? [...new Set(text.match(UNFILLED) ?? [])] : [];
  const windowLeftMs = useWindowLeft();
  const isOver = kind === 'reply' && mayReply && windowLeftMs !== undefined && windowLeftMs <= 0;
  const attached = useAttaching(row.id);
  const files = kind === 'reply' ? attached : [];
  const isUploading = files.some(({ state }) => state === 'sending');
  const hasFiles = files.some(({ state }) => state === 'ready');
  // In the training room nothing is kept that could be sent.
  const takesFiles = mayReply && kind === 'reply' && TAKE_FILES.has(row.channel) && !me.isTraining;
  const maySend = (text.trim() !== '' || hasFiles) && !isUploading && unfilled.length === 0 && !isLost && !isOver;

  async function submit(outcome?: string) {
    if (!maySend) return;
    const words = text.trim();
    clearTimeout(typing.current);
    // The words are kept apart as 'under way' before the draft is emptied.
    const going = send(row.id, kind, words, outcome, kind === 'reply' ? takeAttached(row.id) : undefined);
    setText('');
    draftsOf().write(row.id, kind, '', 0);
    tell(row.id, false);
    await going;
  }
  const submitAndClose = () =>
    maySend && kind === 'reply' && may.includes('close') && closeWith((outcome) => void submit(outcome));

  useEffect(() => {
    insert.text = (words) => {
      const at = area.current?.selectionStart ?? text.length;
      const before = text.slice(0, at);
      write(`${before}${before && !/\s$/.test(before) ? '\n' : ''}${words}${text.slice(at)}`);
      area.current?.focus();
    };
    insert.focus = (wish) => {
      setWished(wish);
      area.current?.focus();
    };
    insert.restored = restore;
    insert.isWriting = () => text !== '';
    return () => {
      insert.text = undefined;
      insert.focus = undefined;
      insert.restored = undefined;
      insert.isWriting = undefined;
    };
  });
  useEffect(() => {
    if (!mayReply || !insert.wantsReply) return;
    insert.wantsReply = false;
    // What was taken is to be answered, whatever was written there last: a note, or a whisper to who had it.
    setWished('reply');
    area.current?.focus();
  });
  useKeys({ r: mayReply ? () => insert.focus?.('reply') : undefined, n: mayNote ? () => insert.focus?.('note') : undefined });

  function pressed(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing || completion.pressed(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (event.shiftKey) submitAndClose();
      else void submit();
    }
    if (event.key === 'Escape') area.current?.blur();
  }

  function takeFiles(event: SyntheticEvent, { files: given }: DataTransfer) {
    if (!takesFiles || given.length === 0) return;
    event.preventDefault();
    attach(row.id, given);
  }

  // What was begun before somebody else had the conversation: it comes back with it, or serves them as a note.
  const begun = mayReply ? '' : draftsOf().choose(row.id, 'reply', detail.drafts.reply).text;
  const noteBegun = () => {
    draftsOf().write(row.id, 'reply', '', 0);
    write([text, begun].filter(Boolean).join('\n'));
    area.current?.focus();
  };

  if (!mayReply && !mayNote) return null;
  const size = row.channel === 'sms' && kind === 'reply' ? sizeOf(inPlainAlphabet(text)) : undefined;
  const money = new Intl.NumberFormat(t.locale, { style: 'currency', currency: me.town.currency });
  return (
    <section className={`composer ${kind}`} aria-label={t.write.kind}>
      {held && (
        <p className="held" role="alert">
          <Icon name="alert" /> {held.by ? t.write.held(held.by) : t.write.heldCitizen}
        </p>
      )}
      {!mayReply && <p className="composer-why">{isAtCounter(row.channel) ? t.write.atCounter : t.write.onlyHolder}</p>}
      {begun && kind === 'note' && (
        <p className="composer-why">
          {t.write.begun} <q>{begun}</q>{' '}
          <Button look="quiet" onPress={noteBegun}>
            {t.write.begunToNote}
          </Button>
        </p>
      )}
      {windowLeftMs !== undefined && kind === 'reply' && mayReply && <WhatsAppWindow leftMs={windowLeftMs} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped; the button beside does the same. */}
      <div
        className="composer-box"
        onDragOver={(event) => takesFiles && event.preventDefault()}
        onDrop={(event) => takeFiles(event, event.dataTransfer)}
      >
        <ToggleButtonGroup
          aria-label={t.write.kind}
          className="kinds"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[kind]}
          onSelectionChange={([key]) => {
            setWished(key as Kind);
            area.current?.focus();
          }}
        >
          <ToggleButton id="reply" className="kind" isDisabled={!mayReply}>
            {t.write.reply}
          </ToggleButton>
          <ToggleButton id="note" className="kind" isDisabled={!mayNote}>
            <Icon name="note" /> {t.write.note}
          </ToggleButton>
          {mayWhisper && (
            <ToggleButton id="whisper" className="kind">
              <Icon name="eye" /> {t.write.whisper}
            </ToggleButton>
          )}
        </ToggleButtonGroup>
        {isOver ? (
          <Templates key={row.id} detail={detail} draft={text} />
        ) : (
          <>
            <Attached conversation={row.id} files={files} />
            {canned.isOpen && <CompletionList label={t.write.canned} none={t.write.noCanned} {...canned} />}
            {colleagues.isOpen && <CompletionList label={t.write.colleagues} none="" {...colleagues} />}
            <textarea
              ref={area}
              id="composer"
              rows={2}
              dir="auto"
              maxLength={LONGEST[kind]}
              aria-label={kind === 'reply' ? t.write.replyTo(row.who) : t.write.labels[kind]}
              aria-autocomplete={kind === 'whisper' ? undefined : 'list'}
              aria-controls={completion.isOpen ? 'offered' : undefined}
              aria-activedescendant={completion.activeId}
              placeholder={t.write.hints[kind]}
              value={text}
              onChange={({ target }) => write(target.value)}
              onKeyDown={pressed}
              onPaste={(event) => takeFiles(event, event.clipboardData)}
            />
            <div className="composer-foot">
              <p className="composer-said">
                {unfilled.length > 0 && <span className="failed-word">{t.write.fill(unfilled.join(', '))}</span>}
                {size && text && (
                  <span className="figure">
                    {t.write.pieces(size.segments)} · {money.format(size.segments * me.town.costOfText)} ·{' '}
                    {t.write.characters([...text].length)}
                  </span>
                )}
                {isLost && <span>{t.actions.offline}</span>}
              </p>
              {takesFiles && (
                <>
                  <input
                    ref={picker}
                    type="file"
                    accept={KINDS}
                    multiple
                    hidden
                    aria-label={t.write.attach}
                    onChange={({ target }) => {
                      attach(row.id, target.files ?? []);
                      target.value = '';
                    }}
                  />
                  <IconButton icon="file" label={t.write.attach} onPress={() => picker.current?.click()} />
                </>
              )}
              {kind === 'reply' && (
                <Button
                  look="quiet"
                  className="canned-open"
                  onPress={() => {
                    area.current?.focus();
                    canned.open();
                  }}
                >
                  {t.write.canned}
                </Button>
              )}
              {kind === 'reply' && may.includes('close') && (
                <Button look="quiet" className="send-close" isDisabled={!maySend} onPress={submitAndClose}>
                  {t.write.sendAndClose}
                </Button>
              )}
              <Button
                look="primary"
                icon={kind === 'reply' ? 'send' : 'note'}
                isDisabled={!maySend}
                onPress={() => void submit()}
              >
                {kind === 'note'
                  ? t.write.keepNote
                  : kind === 'whisper'
                    ? t.write.keepWhisper
                    : held
                      ? t.write.sendAnyway
                      : t.write.send}
              </Button>
            </div>
          </>
        )}
      </div>
    </section>
  );
}
