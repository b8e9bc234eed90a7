// Short words about what just happened, at the foot of the page; read out politely, gone by themselves.

import { useDesk } from '../state/store';
import { dropToast } from '../state/toasts';
import { useWords } from '../words';
import { Button, IconButton } from './controls';
import { Icon } from './icon';

export function Toasts() {
  const t = useWords();
  const toasts = useDesk((state) => state.toasts);
  return (
    <div className="toasts" role="status">
      {toasts.map(({ id, kind, text, action }) => (
        <div key={id} className={`toast ${kind}`}>
          <Icon name={kind === 'good' ? 'check' : 'alert'} />
          <p>{text}</p>
          {action && (
            <Button
              look="quiet"
              onPress={() => {
                dropToast(id);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          <IconButton icon="close" label={t.close} onPress={() => dropToast(id)} />
        </div>
      ))}
    </div>
  );
}
