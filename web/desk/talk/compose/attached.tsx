// The files that will go with an answer, above its words: what each is, how far it has got, or why it was refused.
import { useId } from 'react';
import { IconButton } from '../../parts/controls';
import { Icon } from '../../parts/icon';
import { useWords } from '../../words';
import { useFileFacts } from '../file';
import { type Attaching, detach } from './attaching';

export function Attached({ conversation, files }: { conversation: string; files: readonly Attaching[] }) {
  const t = useWords();
  if (files.length === 0) return null;
  return (
    <ul className="attached" aria-label={t.write.attached}>
      {files.map((file) => (
        <AttachedFile key={file.id} conversation={conversation} {...file} />
      ))}
    </ul>
  );
}

function AttachedFile({ conversation, id, ...file }: Attaching & { conversation: string }) {
  const t = useWords();
  const nameId = useId();
  const facts = useFileFacts(file);
  const { name, state, share, why, url, type } = file;
  return (
    <li className={`attached-file ${state}`}>
      {state === 'ready' && url && type.startsWith('image/') ? (
        <img src={url} alt="" />
      ) : (
        <Icon name={state === 'refused' ? 'alert' : 'ticket'} />
      )}
      <span className="attached-about">
        <span id={nameId} className="attached-name">
          {name}
        </span>
        {state === 'refused' ? (
          <span className="failed-word" role="alert">
            {t.write.refusedFile[why ?? ''] ?? t.write.refusedFile.other}
          </span>
        ) : state === 'sending' ? (
          <progress value={share} aria-labelledby={nameId} />
        ) : (
          <span className="hint">{facts}</span>
        )}
      </span>
      <IconButton icon="close" label={t.write.detach(name)} onPress={() => detach(conversation, id)} />
    </li>
  );
}
