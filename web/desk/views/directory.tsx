// The way in through the town's directory, where there is one; and what became of coming back from it.
import { useEffect, useState } from 'react';
import { api } from '../server/api';
import { useWords } from '../words';

export function DirectoryDoor() {
  const t = useWords();
  const [name, setName] = useState<string>();
  const [complaint] = useState(() => new URLSearchParams(location.search).get('door'));
  useEffect(() => {
    api.directory().then(
      (directory) => setName(directory.name),
      () => undefined,
    );
  }, []);
  const { door } = t.signIn;
  const said = complaint && complaint in door ? door[complaint as keyof typeof door] : undefined;
  if (!name && !said) return null;
  return (
    <div className="directory">
      {said && (
        <p className="fault" role="alert">
          {said}
        </p>
      )}
      {name && (
        <a className="button plain" href="/desk/api/directory/start">
          {t.signIn.directory(name)}
        </a>
      )}
    </div>
  );
}
