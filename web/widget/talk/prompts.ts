// The two things that may stand between the conversation and the writing box: replies one can press instead of
// typing, and a yes-or-no the widget itself asks before doing something the citizen should weigh.
import { el } from '../element';
import type { Button } from '../line/incoming';
import type { Words } from '../words';
import { link } from './rich-text';

interface Choices {
  element: HTMLElement;
  offer(buttons: Button[], language: string): void;
  clear(): void;
}

export function createChoices(words: () => Words, press: (button: Button) => void): Choices {
  const element = el('div', { class: 'choices', role: 'group', hidden: true });
  function clear() {
    element.hidden = true;
    element.replaceChildren();
  }
  return {
    element,
    clear,
    offer(buttons, language) {
      clear();
      element.setAttribute('aria-label', words().choices);
      for (const button of buttons) {
        const settings = { type: 'button', class: 'choice', lang: language, onclick: () => press(button) };
        element.append(
          button.kind === 'openUrl'
            ? link(button.value, button.title, words().newTab, 'choice')
            : el('button', settings, button.title),
        );
      }
      element.hidden = buttons.length === 0;
    },
  };
}

export interface Question {
  element: HTMLElement;
  ask(text: string, yes: string, done: (isYes: boolean) => void): void;
  /** Takes an open question as refused; whether there was one. */
  refuse(): boolean;
}

export function createQuestion(words: () => Words): Question {
  const element = el('div', { class: 'question', role: 'group', 'aria-labelledby': 'question', hidden: true });
  let answer: ((isYes: boolean) => void) | undefined;
  function close(isYes: boolean) {
    const done = answer;
    answer = undefined;
    element.hidden = true;
    element.replaceChildren();
    done?.(isYes);
  }
  return {
    element,
    ask(text, yes, done) {
      close(false);
      answer = done;
      const agree = el('button', { type: 'button', class: 'choice strong', onclick: () => close(true) }, yes);
      const refuse = el('button', { type: 'button', class: 'choice', onclick: () => close(false) }, words().cancel);
      element.append(el('p', { id: 'question' }, text), el('div', { class: 'buttons' }, agree, refuse));
      element.hidden = false;
      agree.setAttribute('aria-describedby', 'question');
      agree.focus();
    },
    refuse() {
      if (!answer) return false;
      close(false);
      return true;
    },
  };
}
