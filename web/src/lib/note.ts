/** Signed notes and the checkpoints in them (c2sp.org/signed-note, c2sp.org/tlog-checkpoint). */
import { concat, equal, fromBase64, toHex, utf8 } from './bytes';

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** What is signed: the text up to and with the newline before the empty line. */
  readonly signed: string;
  readonly signatures: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

export function parseCheckpoint(note: string): Checkpoint {
  const split = note.indexOf('\n\n');
  if (split < 0) throw new Error('the checkpoint has no empty line before its signatures');
  const signed = note.slice(0, split + 1);
  const [origin, size, root] = signed.split('\n');
  if (!origin || !size || !/^(0|[1-9]\d*)$/.test(size) || !root) throw new Error('the checkpoint lacks origin, size or root');
  const signatures = note.slice(split + 2).split('\n').filter(Boolean).map((line) => {
    const match = /^\u2014 (\S+) (\S+)$/.exec(line);
    if (!match?.[1] || !match[2]) throw new Error('a signature line is not of the form “— name signature”');
    return { name: match[1], bytes: fromBase64(match[2]) };
  });
  const hash = fromBase64(root);
  if (hash.length !== 32) throw new Error('the root is not 32 bytes long');
  return { origin, size: Number(size), root: hash, signed, signatures };
}

export interface VerifierKey {
  readonly name: string;
  /** The first four bytes of the key's hash, as in signature lines. */
  readonly id: Uint8Array;
  readonly publicKey: Uint8Array;
}

const ED25519 = 1;

/** `name+hash+base64(type || key)`; only Ed25519 keys. */
export async function parseKey(text: string): Promise<VerifierKey> {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim());
  if (!match?.[1] || !match[2] || !match[3]) throw new Error('the key is not of the form name+hash+key');
  const key = fromBase64(match[3]);
  if (key[0] !== ED25519 || key.length !== 33) throw new Error('the key is no Ed25519 key');
  const digest = await crypto.subtle.digest('SHA-256', concat(utf8(`${match[1]}\n`), key));
  const id = new Uint8Array(digest).slice(0, 4);
  if (toHex(id) !== match[2]) throw new Error('the hash in the key does not fit the key');
  return { name: match[1], id, publicKey: key.slice(1) };
}

export type Signature = 'valid' | 'invalid' | 'missing' | 'unsupported';

/** Whether the key signed the checkpoint; `unsupported` where the browser has no Ed25519. */
export async function checkSignature(checkpoint: Checkpoint, key: VerifierKey): Promise<Signature> {
  const found = checkpoint.signatures.find(({ name, bytes }) => name === key.name && equal(bytes.slice(0, 4), key.id));
  if (!found) return 'missing';
  let imported: CryptoKey;
  try {
    imported = await crypto.subtle.importKey('raw', key.publicKey, { name: 'Ed25519' }, false, ['verify']);
  } catch {
    return 'unsupported';
  }
  const isValid = await crypto.subtle.verify({ name: 'Ed25519' }, imported, found.bytes.slice(4), utf8(checkpoint.signed));
  return isValid ? 'valid' : 'invalid';
}
