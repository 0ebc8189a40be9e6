/** Which component draws which page of `routes.json`. All but the first are loaded when they are asked for. */
import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { Parameters } from '../lib/router';
import { Landing } from '../pages/Landing';

export interface PageProps {
  readonly parameters: Parameters;
}

export const pages: Readonly<Record<string, ComponentType<PageProps>>> = {
  landing: Landing,
  autopsy: lazy(() => import('../pages/Autopsy')),
  choose: lazy(() => import('../pages/Choose')),
  simulator: lazy(() => import('../pages/NewRun')),
  run: lazy(() => import('../pages/Run')),
  optimal: lazy(() => import('../pages/Optimal')),
  blame: lazy(() => import('../pages/Blame')),
  heatmap: lazy(() => import('../pages/Heatmap')),
  leaderboard: lazy(() => import('../pages/Leaderboard')),
  player: lazy(() => import('../pages/Player')),
  teams: lazy(() => import('../pages/Teams')),
  team: lazy(() => import('../pages/Team')),
  auditLog: lazy(() => import('../pages/AuditLog')),
  auditUser: lazy(() => import('../pages/AuditUser')),
  auditRun: lazy(() => import('../pages/AuditRun')),
  signIn: lazy(() => import('../pages/SignIn')),
  account: lazy(() => import('../pages/Account')),
  report: lazy(() => import('../pages/Report')),
  help: lazy(() => import('../pages/Help')),
};
