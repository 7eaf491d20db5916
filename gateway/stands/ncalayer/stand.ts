import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import { answerTo, type StandUser } from './answer.ts';

/** A stand for NCALayer on loopback, for demonstrations and tests. */
export type NcaLayerStand = {
  readonly address: string;
  /** Who sits at the machine, and whether they sign; a demonstration may change it at any time. */
  user: StandUser;
  stop(): Promise<void>;
};

export type StandOptions = {
  /** NCALayer's own port is 13579; 0 takes a free one. */
  readonly port: number;
  readonly user: StandUser;
  readonly clock: () => Instant;
};

const messageBytesMax = 8 << 20;
const heartbeat = '--heartbeat--';

/**
 * Starts the stand. It listens on loopback alone and without TLS: a browser lets a page talk to its
 * own machine, and the real program's certificate is the real program's. Only pages of this machine
 * may talk to it, and programs, which state no origin.
 */
export async function startNcaLayerStand(options: StandOptions): Promise<NcaLayerStand> {
  const { port, clock } = options;
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port,
    maxPayload: messageBytesMax,
    verifyClient: ({ origin }: { origin: string | undefined }) => isOfThisMachine(origin),
  });
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  const stand: NcaLayerStand = {
    address: `ws://127.0.0.1:${taken}`,
    user: options.user,
    stop: async () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
  server.on('connection', (socket) => serve(socket, () => stand.user, clock));
  return stand;
}

const ownNames = ['localhost', '127.0.0.1', '[::1]'];

function isOfThisMachine(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && ownNames.includes(new URL(origin).hostname);
}

function serve(socket: WebSocket, user: () => StandUser, clock: () => Instant): void {
  socket.send(JSON.stringify({ result: { version: '1.4' } }));
  // What a client sends too much of ends its connection; nobody else is the worse for it.
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => {
    const message = (data as Buffer).toString('utf8');
    socket.send(message === heartbeat ? heartbeat : answerTo(message, user(), clock()));
  });
}
