// What stands there when a view could not be drawn: a page that says so and loads again, never an empty one. Drafts are kept.
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button } from './parts/controls';
import { useWords } from './words';

export class Unbroken extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }

  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const t = useWords();
  return (
    <main className="door" id="content">
      <div className="door-card" role="alert">
        <h1>{t.errors.broken}</h1>
        <p>{t.errors.draftsKept}</p>
        <Button onPress={() => location.reload()}>{t.errors.reload}</Button>
      </div>
    </main>
  );
}
