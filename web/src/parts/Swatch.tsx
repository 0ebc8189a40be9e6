import { legible } from '../lib/color';

/** A team's colour, mixed until it shows on the pane. Colour is never text. */
export function Swatch({ colour }: { colour: string | null }) {
  if (!colour) return <span className="swatch" aria-hidden="true" />;
  const style = getComputedStyle(document.documentElement);
  const shown = legible(colour, style.getPropertyValue('--pane').trim(), style.getPropertyValue('--fg').trim());
  return <span className="swatch" aria-hidden="true" style={{ background: shown }} />;
}
