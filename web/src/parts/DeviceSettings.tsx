/** What this browser remembers for its reader. */
import { useState } from 'react';
import { setKeys, useKeysAreOn } from '../lib/keys';
import { setShowsResults, showsResults } from '../lib/spoiler';

export function DeviceSettings() {
  const keysOn = useKeysAreOn();
  const [isOn, setIsOn] = useState(showsResults);
  const change = (next: boolean) => { setShowsResults(next); setIsOn(next); };
  return (
    <section className="pane" id="settings">
      <h2>On this device</h2>
      <p><label><input type="checkbox" checked={isOn} onChange={(event) => change(event.target.checked)} />Show results everywhere, also of races that I am playing</label></p>
      <p><label><input type="checkbox" checked={keysOn} onChange={(event) => setKeys(event.target.checked)} />Single letters are keys</label></p>
    </section>
  );
}
