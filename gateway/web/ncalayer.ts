/**
 * The browser's side of NCALayer, the national authority's signing program on a user's machine
 * (module `kz.gov.pki.knca.basics`). It runs in web pages, so it imports nothing of Node.
 *
 * Whatever it is asked to filter by (IIN, BIN, role) is in the user's hands: the server verifies
 * everything again.
 */

/** What is needed of a WebSocket; a page passes `(url) => new WebSocket(url)`. */
export type SocketLike = {
  send(text: string): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'open' | 'error' | 'close', listener: () => void): void;
};

export const ncaLayerAddress = 'wss://127.0.0.1:13579';

/** What is to be signed, and with whose key. */
export type SignRequest = {
  /** One text or several, which the user signs at once. */
  readonly contents: readonly Uint8Array[];
  /** Whether the content goes into the signature. */
  readonly attached: boolean;
  /** Whether a time-stamp service is asked; the ledger takes no signature without. */
  readonly stamped: boolean;
  readonly locale: 'kk' | 'ru' | 'en';
  readonly iin?: string;
  readonly bin?: string;
  /** OIDs of the key's usages: signature and role. */
  readonly extendedKeyUsages?: readonly string[];
};

/** How it ended; a failure names NCALayer's own code. */
export type SignOutcome =
  | { readonly kind: 'signed'; readonly signatures: readonly Uint8Array[] }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

const heartbeat = '--heartbeat--';
/** A person reads and types a password: long, but not for ever. */
const answerTimeoutMs = 5 * 60_000;
const connectTimeoutMs = 5_000;

/** A connection to NCALayer. It answers one request at a time. */
export class NcaLayer {
  readonly version: string;
  readonly #socket: SocketLike;
  #waiting: ((answer: unknown) => void) | undefined;

  private constructor(socket: SocketLike, version: string) {
    this.#socket = socket;
    this.version = version;
  }

  /** Connects and waits for the greeting; undefined where NCALayer does not run. */
  static async connect(
    open: (address: string) => SocketLike,
    address: string = ncaLayerAddress,
  ): Promise<NcaLayer | undefined> {
    const socket = open(address);
    return new Promise((resolve) => {
      let layer: NcaLayer | undefined;
      const timer = setTimeout(() => give(undefined), connectTimeoutMs);
      const give = (result: NcaLayer | undefined): void => {
        clearTimeout(timer);
        if (result === undefined) socket.close();
        resolve(result);
      };
      socket.addEventListener('message', ({ data }) => {
        const message = data === heartbeat ? undefined : messageOf(data);
        if (layer) layer.#receive(message);
        else if (message) {
          layer = new NcaLayer(socket, versionOf(message));
          give(layer);
        }
      });
      socket.addEventListener('error', () => give(undefined));
      socket.addEventListener('close', () => (layer ? layer.#receive({}) : give(undefined)));
    });
  }

  /** Asks the user to sign. A second request while one waits is refused. */
  async sign(request: SignRequest): Promise<SignOutcome> {
    if (this.#waiting) return failed('BUSY', 'another request waits');
    const answer = await new Promise<unknown>((resolve) => {
      const timer = setTimeout(() => this.#receive(undefined, true), answerTimeoutMs);
      this.#waiting = (value) => {
        clearTimeout(timer);
        this.#waiting = undefined;
        resolve(value);
      };
      this.#socket.send(JSON.stringify(messageFor(request)));
    });
    return outcomeOf(answer);
  }

  close(): void {
    this.#socket.close();
  }

  #receive(message: unknown, late = false): void {
    if (message !== undefined || late) this.#waiting?.(message);
  }
}

function messageFor(request: SignRequest): unknown {
  const { contents, attached, stamped, locale, iin, bin, extendedKeyUsages } = request;
  const data = contents.map(base64Of);
  return {
    module: 'kz.gov.pki.knca.basics',
    method: 'sign',
    args: {
      allowedStorages: null,
      format: 'cms',
      data: data.length === 1 ? data[0] : data,
      signingParams: {
        decode: true,
        encapsulate: attached,
        digested: false,
        ...(stamped ? { tsaProfile: {} } : {}),
      },
      signerParams: {
        chain: [],
        ...(iin === undefined ? {} : { iin }),
        ...(bin === undefined ? {} : { bin }),
        ...(extendedKeyUsages ? { extKeyUsageOids: extendedKeyUsages } : {}),
      },
      locale,
    },
  };
}

function outcomeOf(answer: unknown): SignOutcome {
  if (!isObject(answer) || !('status' in answer)) return failed('CONNECTION', 'no answer');
  if (answer['status'] !== true) {
    const code = answer['code'] ?? answer['errorCode'];
    return failed(textOf(code) ?? 'UNKNOWN', textOf(answer['message']) ?? '');
  }
  const { body } = answer;
  const result = isObject(body) ? body['result'] : undefined;
  // A user who closes the window is told by success with nothing in it.
  if (result === undefined) return { kind: 'cancelled' };
  const texts: readonly unknown[] = Array.isArray(result) ? result : [result];
  const signatures = texts.map((text) => (typeof text === 'string' ? bytesOfPem(text) : undefined));
  return signatures.every((signature) => signature !== undefined)
    ? { kind: 'signed', signatures }
    : failed('UNREADABLE', 'the answer holds no signature');
}

function failed(code: string, message: string): SignOutcome {
  return { kind: 'failed', code, message };
}

function messageOf(data: unknown): unknown {
  try {
    return typeof data === 'string' ? (JSON.parse(data) as unknown) : {};
  } catch {
    // Not of the protocol: it answers nothing that was asked.
    return {};
  }
}

function versionOf(message: unknown): string {
  const result = isObject(message) ? message['result'] : undefined;
  return (isObject(result) ? textOf(result['version']) : undefined) ?? '';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (const octet of bytes) text += String.fromCharCode(octet);
  return btoa(text);
}

/** PEM with whatever label, or bare base64. */
function bytesOfPem(text: string): Uint8Array | undefined {
  const body = text.replaceAll(/-----[^-]*-----/g, '').replaceAll(/\s/g, '');
  try {
    return Uint8Array.from(atob(body), (digit) => digit.charCodeAt(0));
  } catch {
    // Not base64: the answer is said to be unreadable.
    return undefined;
  }
}
