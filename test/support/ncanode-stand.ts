import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stand was asked. */
export type Asked = { readonly path: string; readonly body: unknown };

/** A service on the loopback that answers as NCANode does, or as a test has it. */
export type NcanodeStand = {
  readonly url: string;
  readonly asked: Asked[];
  /** What it answers from now on. */
  answer: (response: ServerResponse) => void;
  readonly stop: () => Promise<void>;
};

/** Starts a stand on a free port. */
export async function startNcanodeStand(): Promise<NcanodeStand> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      asked.push({ path: request.url ?? '', body: JSON.parse(text) });
      stand.answer(response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const stand: NcanodeStand = {
    url: `http://127.0.0.1:${port}`,
    asked,
    answer: (response) => response.end(),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
  return stand;
}

/** The answer of NCANode 3 to one signer, with the members that it has beside those that are read. */
export function ncanodeAnswer(valid: boolean, serials: readonly string[], form: 'cms' | 'xml') {
  const certificates = serials.map((serialNumber) => ({
    valid,
    revocations: [],
    notBefore: '2026-05-08T06:21:15.000+00:00',
    notAfter: '2027-05-08T06:21:15.000+00:00',
    keyUsage: 'SIGN',
    serialNumber,
    signAlg: 'ECGOST3410-2015-512',
    keyUser: ['INDIVIDUAL'],
    subject: { commonName: 'TEST', iin: '123456789011', country: 'KZ' },
    issuer: { commonName: 'TEST CA', country: 'KZ' },
  }));
  const signers =
    form === 'xml' ? certificates : certificates.map((one) => ({ certificates: [one], tsp: null }));
  return JSON.stringify({ status: 200, message: 'OK', valid, signers });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
