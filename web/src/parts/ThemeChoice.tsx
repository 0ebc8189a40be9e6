/** Dark, light or the system's. A cookie, so that the server writes the theme into the first document. */
import { useState } from 'react';

const THEMES = ['system', 'dark', 'light'] as const;
type Theme = typeof THEMES[number];

const current = (): Theme => THEMES.find((theme) => theme === document.documentElement.dataset.theme) ?? 'system';

export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(current);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const change = () => {
    document.documentElement.dataset.theme = next;
    document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
    setTheme(next);
  };
  return <button type="button" onClick={change} title={`Change to ${next}`}>Theme: {theme}</button>;
}
