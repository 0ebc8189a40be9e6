/** The rules of scoring that were published. */
import { list, object, text } from '../lib/decode';

export const rules = object({ inForce: text, rules: list(object({ name: text })) });
