import { setKeys, useKeysAreOn } from '../lib/keys';
import { Link } from '../lib/router';
import { openKeyList } from './KeyList';

export function Footer() {
  const keysOn = useKeysAreOn();
  return (
    <footer className="foot">
      <div>
        <ul>
          <li><Link href="/help">How the numbers are made</Link></li>
          <li><a href="/api/v1">The API</a></li>
          <li><a href="/licenses.txt">Licences</a></li>
          <li><button type="button" onClick={openKeyList}>Keyboard<kbd>?</kbd></button></li>
          <li><button type="button" aria-pressed={keysOn} onClick={() => setKeys(!keysOn)}>Single-letter keys: {keysOn ? 'on' : 'off'}</button></li>
        </ul>
        <p>Unofficial. Not connected with Formula 1, the FIA or any team. Every number of the model is an estimate.</p>
      </div>
    </footer>
  );
}
