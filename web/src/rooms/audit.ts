/** What was written down, and its proof. */
import './shared';
import './charts';
export { default as AuditLog } from '../pages/AuditLog';
export { default as AuditRun } from '../pages/AuditRun';
export { default as AuditUser } from '../pages/AuditUser';
