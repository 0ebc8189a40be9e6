import './app.css';
import { createRoot } from 'react-dom/client';
import { Shell } from './parts/Shell';

const root = document.getElementById('root');
if (root) createRoot(root).render(<Shell />);
