// What can be done with a conversation, and the questions that go with it: how it ends, until when it is put off.
import { useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { ActionKind, ConversationDetail } from '../../../src/desk/wire';
import { useKeys } from '../keys';
import { Button, Window } from '../parts/controls';
import { Icon, type IconName } from '../parts/icon';
import { go } from '../route';
import { act, claimed } from '../state/conversation';
import { inOrder } from '../state/state';
import { current, useDesk, useMe } from '../state/store';
import { toast } from '../state/toasts';
import { useWords } from '../words';
import { KeepRecording } from './keep-recording';
import { ReportAbuse } from './report-abuse';
import { Snooze } from './snooze';
import { Transfer } from './transfer';

interface ActionsProps {
  detail: ConversationDetail;
  /** Opens the question of the outcome; what is chosen goes to `done`. */
  askOutcome(done: (outcome: string) => void): void;
}

export function Actions({ detail, askOutcome }: ActionsProps) {
  const t = useWords();
  const me = useMe();
  const isLost = useDesk(({ link }) => link === 'lost');
  const { may, conversation } = detail;
  const { id } = conversation;
  const [isTransferring, setTransferring] = useState(false);
  const [isSnoozing, setSnoozing] = useState(false);
  const [isReporting, setReporting] = useState(false);
  const [isKeeping, setKeeping] = useState(false);
  const [isBeyond, setBeyond] = useState(false);
  const can = (kind: keyof typeof does) => {
    if (kind === 'keep') return mayKeep;
    const needed: ActionKind = kind === 'snooze' ? 'park' : kind === 'closeNext' ? 'close' : kind;
    return may.includes(needed);
  };

  // Over, and of a service that is watched over: it can be learnt from.
  const mayKeep =
    conversation.holder === 'bot' &&
    conversation.closedAt !== undefined &&
    !me.isTraining &&
    me.roles.some(
      ({ role, services }) =>
        role !== 'agent' && (services === 'all' || services.some((one) => one.id === conversation.service?.id)),
    );

  async function claim(beyondCapacity = false) {
    if (!beyondCapacity && me.load >= me.capacity) return setBeyond(true);
    setBeyond(false);
    if (await act(id, { kind: 'claim', ...(beyondCapacity && { beyondCapacity }) })) claimed();
  }
  async function close(outcome: string): Promise<boolean> {
    if (!(await act(id, { kind: 'close', outcome, seenLine: current().open?.seen }))) return false;
    toast('good', t.actions.closed, { label: t.actions.undo, run: () => void act(id, { kind: 'reopen' }) });
    return true;
  }
  /** Answered, and on to what waits longest among one's own; to the queue where nothing is left. */
  async function closeNext() {
    const { rows, me: who } = current();
    const next = who && inOrder(rows.values(), 'mine', who).find((row) => row.id !== id);
    if (await close('answered')) go({ view: 'desk', conversation: next?.id });
  }
  const does = {
    claim: () => void claim(),
    close: () => askOutcome((outcome) => void close(outcome)),
    transfer: () => setTransferring(true),
    park: () => void act(id, { kind: 'park' }).then((done) => done && toast('good', t.actions.parkedNow)),
    unpark: () => void act(id, { kind: 'unpark' }),
    snooze: () => setSnoozing(true),
    closeNext: () => void closeNext(),
    giveBack: () => void act(id, { kind: 'giveBack' }).then((done) => done && toast('good', t.actions.givenBack)),
    reopen: () => void act(id, { kind: 'reopen' }),
    reportAbuse: () => setReporting(true),
    keep: () => setKeeping(true),
    takeOver: () => void act(id, { kind: 'takeOver' }).then((done) => done && claimed()),
  };
  const free = (kind: keyof typeof does) => (can(kind) && !isLost ? does[kind] : undefined);
  useKeys({
    c: free('claim'),
    t: free('transfer'),
    b: free('giveBack'),
    e: free('close'),
    p: free('park') ?? free('unpark'),
    h: free('snooze'),
    d: free('closeNext'),
  });

  const buttons: Array<[keyof typeof does, IconName, string]> = [
    ['claim', 'check', 'C'],
    ['close', 'check', 'E'],
    ['reopen', 'back', ''],
    ['unpark', 'pause', 'P'],
    ['transfer', 'pass', 'T'],
  ];
  const rest: Array<[keyof typeof does, IconName]> = [
    ['park', 'pause'],
    ['snooze', 'pause'],
    ['closeNext', 'check'],
    ['giveBack', 'botframework'],
    ['takeOver', 'check'],
    ['reportAbuse', 'alert'],
    ['keep', 'training'],
  ];
  const shown = buttons.filter(([kind]) => can(kind));
  const more = rest.filter(([kind]) => can(kind));
  return (
    <div className="actions">
      {shown.map(([kind, icon, key], index) => (
        <Button
          key={kind}
          look={index === 0 && kind !== 'transfer' ? 'primary' : 'plain'}
          icon={icon}
          keyHint={me.settings.keys ? key : undefined}
          isDisabled={isLost}
          onPress={does[kind]}
        >
          {t.actions[kind]}
        </Button>
      ))}
      {more.length > 0 && (
        <MenuTrigger>
          <AriaButton className="icon-button" aria-label={t.more} isDisabled={isLost}>
            <Icon name="more" />
          </AriaButton>
          <Popover className="popover" placement="bottom end">
            <Menu className="menu" onAction={(kind) => does[kind as keyof typeof does]()}>
              {more.map(([kind, icon]) => (
                <MenuItem key={kind} id={kind} textValue={t.actions[kind]} className="menu-item">
                  <Icon name={icon} /> {t.actions[kind]}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
      <Window title={t.actions.beyond} isOpen={isBeyond} onClose={() => setBeyond(false)}>
        <div className="window-foot">
          <Button onPress={() => setBeyond(false)}>{t.cancel}</Button>
          <Button look="primary" onPress={() => void claim(true)}>
            {t.actions.beyondYes}
          </Button>
        </div>
      </Window>
      <Window title={t.actions.snoozeTitle} isOpen={isSnoozing} onClose={() => setSnoozing(false)}>
        <Snooze
          until={(moment, words) => {
            setSnoozing(false);
            void act(id, { kind: 'park', until: moment }).then((done) => done && toast('good', t.actions.snoozed(words)));
          }}
        />
      </Window>
      <Window title={t.actions.reportAbuse} isOpen={isReporting} onClose={() => setReporting(false)} wide>
        <ReportAbuse id={id} done={() => setReporting(false)} />
      </Window>
      <Window title={t.actions.keep} isOpen={isKeeping} onClose={() => setKeeping(false)} wide>
        <KeepRecording conversation={id} outcomes={detail.outcomes} done={() => setKeeping(false)} />
      </Window>
      <Window title={t.actions.transferTitle} isOpen={isTransferring} onClose={() => setTransferring(false)} wide>
        <Transfer
          pass={async (to, name) => {
            if (await act(id, { kind: 'transfer', ...to })) toast('good', t.actions.transferred(name));
            else return false;
            setTransferring(false);
            return true;
          }}
          cancel={() => setTransferring(false)}
        />
      </Window>
    </div>
  );
}
