/** Search from anywhere: the field of the start page in a dialog, with the races loaded when it opens. */
import { useEffect, useRef, useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { useKeys } from '../lib/keys';
import { races } from '../model/races';
import { Search } from './Search';

export function SearchDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const { value, problem } = useAnswer(isOpen ? `${BASE}/races` : null, races);
  const open = () => {
    // The start page has the field in sight.
    const field = document.querySelector<HTMLElement>('main [role=combobox]');
    if (field) return field.focus();
    setIsOpen(true);
  };
  useEffect(() => {
    if (isOpen && !dialog.current?.open) dialog.current?.showModal();
  }, [isOpen]);
  useEffect(() => {
    if (value) dialog.current?.querySelector('input')?.focus();
  }, [value]);
  useKeys([{ key: '/', what: 'Search', run: open }]);
  return (
    <>
      <button type="button" onClick={open}>Search<kbd>/</kbd></button>
      <dialog ref={dialog} className="find" aria-label="Search" onClose={() => setIsOpen(false)}>
        {isOpen && (value ? <Search races={value.races} /> : <p role="status">{problem ? problem.title : 'Loading the races…'}</p>)}
        <button type="button" onClick={() => dialog.current?.close()}>Close<kbd>Esc</kbd></button>
      </dialog>
    </>
  );
}
