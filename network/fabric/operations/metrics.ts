/** A node's metrics, as Prometheus scrapes them. */
import { request } from 'node:http';

/** A value with its labels. */
export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

const timeoutMs = 3000;

/** Reads a node's metrics; nothing where it does not answer. */
export async function metricsAt(
  host: string,
  port: number,
): Promise<readonly Sample[] | undefined> {
  return new Promise((resolve) => {
    const options = { host, port, path: '/metrics', timeout: timeoutMs, agent: false };
    const outgoing = request(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        resolve(samplesIn(Buffer.concat(chunks).toString()));
      });
    });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => {
      resolve(undefined);
    });
    outgoing.end();
  });
}

/** Reads Prometheus's text form, without its comments and time stamps. */
export function samplesIn(text: string): readonly Sample[] {
  return text.split('\n').flatMap((line) => {
    const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line);
    if (found === null) return [];
    const [, name = '', labels = '', value = ''] = found;
    return [{ name, labels: labelsIn(labels), value: Number(value) }];
  });
}

/** The value of a metric of one channel. */
export function channelValue(
  samples: readonly Sample[] | undefined,
  name: string,
  channel: string,
): number | undefined {
  return samples?.find((one) => one.name === name && one.labels['channel'] === channel)?.value;
}

function labelsIn(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value]));
}
