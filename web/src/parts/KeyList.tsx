/** The list of this page's keys, in a dialog that `?` opens. */
import { useEffect, useRef, useState } from 'react';
import { boundKeys, useKeys } from '../lib/keys';
import type { KeyBinding } from '../lib/keys';

const ID = 'key-list';
const NAMES: Readonly<Record<string, string>> = { ' ': 'Space', ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };

const opening = new EventTarget();

/** Opens the list from wherever a button for it is. */
export const openKeyList = () => opening.dispatchEvent(new Event('open'));

export function KeyList() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [keys, setKeys] = useState<readonly KeyBinding[]>([]);
  const show = () => {
    setKeys([...boundKeys()]);
    if (!dialog.current?.open) dialog.current?.showModal();
  };
  useEffect(() => {
    opening.addEventListener('open', show);
    return () => opening.removeEventListener('open', show);
  });
  useKeys([{ key: '?', what: 'This list', run: show }]);
  return (
    <dialog ref={dialog} aria-labelledby={ID}>
      <h2 id={ID}>Keys of this page</h2>
      <table>
        <tbody>
          {keys.map(({ key, what }) => (
            <tr key={key + what}><th scope="row"><kbd>{NAMES[key] ?? key}</kbd></th><td>{what}</td></tr>
          ))}
          <tr><th scope="row"><kbd>Esc</kbd></th><td>Closes this list</td></tr>
        </tbody>
      </table>
      <p className="quiet small">Charts with a lap cursor take arrows, Page, Home and End when they have the focus.</p>
      <button type="button" className="primary" onClick={() => dialog.current?.close()}>Close</button>
    </dialog>
  );
}
