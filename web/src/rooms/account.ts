/** The reader's own. */
import './shared';
export { default as Account } from '../pages/Account';
export { default as Help } from '../pages/Help';
export { default as SignIn } from '../pages/SignIn';
