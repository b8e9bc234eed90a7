// The desk itself: lists, conversation, citizen. Three panes side by side on a wide screen, one at a time on a phone, where the
// address says which.
import { type CSSProperties, useEffect, useState } from 'react';
import { CitizenPane } from '../citizen/pane';
import { useKeys } from '../keys';
import { ListPane } from '../list/pane';
import { Border, WIDTHS } from '../parts/border';
import { go, useRoute } from '../route';
import { openConversation } from '../state/conversation';
import { changeMe } from '../state/session';
import { useMe } from '../state/store';
import { Conversation } from '../talk/conversation';
import { useWords } from '../words';

/** Room for three panes; as in looks/phone.css. */
const SIDE_BY_SIDE = '(min-width: 75.01rem)';
const ONE_PANE = '(max-width: 50rem)';
/** Where the agent has not moved a border. */
const USUAL = WIDTHS.usual;

export function Desk() {
  const t = useWords();
  const route = useRoute();
  const me = useMe();
  const [isCitizenShown, setCitizenShown] = useState(
    () => me.settings.shown?.citizen !== false && matchMedia(SIDE_BY_SIDE).matches,
  );
  // While a border is held; what was left is the agent's setting.
  const [moving, setMoving] = useState<Partial<typeof USUAL>>({});
  const widths = { ...USUAL, ...me.settings.shown?.widths, ...moving };
  const conversation = route.view === 'desk' ? route.conversation : undefined;
  const isCitizen = route.view === 'desk' && route.pane === 'citizen';
  useEffect(() => void openConversation(conversation), [conversation]);
  useEffect(() => () => void openConversation(undefined), []);
  const toggle = () => {
    setCitizenShown(!isCitizenShown);
    // As it is left on a wide screen it is found again, on any.
    if (matchMedia(SIDE_BY_SIDE).matches)
      void changeMe({ settings: { shown: { ...me.settings.shown, citizen: !isCitizenShown } } });
  };
  useKeys({ '[': toggle, ']': toggle });

  const shown = isCitizen ? 'citizen' : conversation ? 'talk' : 'list';
  const border = (pane: keyof typeof USUAL) => ({
    label: t.talk.widthOf[pane],
    width: widths[pane],
    usual: USUAL[pane],
    move: (width: number) => setMoving({ [pane]: width }),
    keep(width: number) {
      setMoving({});
      const kept = { ...me.settings.shown?.widths, [pane]: width };
      void changeMe({ settings: { shown: { ...me.settings.shown, widths: kept } } });
    },
  });
  return (
    <div
      className={`panes shows-${shown} ${isCitizenShown && conversation ? 'with-citizen' : ''}`}
      style={{ '--list-width': `${widths.list}rem`, '--citizen-width': `${widths.citizen}rem` } as CSSProperties}
    >
      <h1 className="unseen">{t.views.desk}</h1>
      <ListPane />
      <Border side="start" {...border('list')} />
      <Conversation
        showCitizen={() => {
          // A wide screen folds the pane in and out; a phone goes to it, and back by the back button.
          if (matchMedia(ONE_PANE).matches) go({ view: 'desk', conversation, pane: 'citizen' });
          else toggle();
        }}
      />
      {isCitizenShown && conversation && <Border side="end" {...border('citizen')} />}
      {(isCitizenShown || isCitizen) && <CitizenPane close={() => (isCitizen ? history.back() : setCitizenShown(false))} />}
    </div>
  );
}
