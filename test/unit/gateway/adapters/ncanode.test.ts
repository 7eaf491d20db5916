import { expect } from 'chai';
import { ncanodeVerifier } from '../../../../gateway/adapters/ncanode.ts';
import type { Signed } from '../../../../gateway/ports/verifier.ts';
import {
  ncanodeAnswer,
  startNcanodeStand,
  type NcanodeStand,
} from '../../../support/ncanode-stand.ts';

describe('the driver of NCANode', () => {
  const signature = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05);
  const signed: Signed = { form: 'cms', signature };
  let stand: NcanodeStand;

  beforeEach(async () => {
    stand = await startNcanodeStand();
  });

  afterEach(async () => {
    await stand.stop();
  });

  function verifier(timeoutMs = 5_000) {
    return ncanodeVerifier({ url: stand.url, revocation: ['OCSP'], timeoutMs });
  }

  it('asks for each form where the service has it', async () => {
    stand.answer = (response) => response.end(ncanodeAnswer(true, ['1a'], 'xml'));
    await verifier().verify({ ...signed, content: Uint8Array.of(1, 2, 3) });
    await verifier().verify(signed);
    await verifier().verify({ form: 'enveloped', xml: '<a/>' });
    await verifier().verify({ form: 'soap', xml: '<b/>' });
    const revocationCheck = ['OCSP'];
    expect(stand.asked).to.deep.equal([
      { path: '/cms/verify', body: { cms: 'MAMCAQU=', data: 'AQID', revocationCheck } },
      { path: '/cms/verify', body: { cms: 'MAMCAQU=', revocationCheck } },
      { path: '/xml/verify', body: { xml: '<a/>', revocationCheck } },
      { path: '/wsse/verify', body: { xml: '<b/>', revocationCheck } },
    ]);
  });

  it('gives the verdict and the numbers of the certificates', async () => {
    for (const form of ['cms', 'xml'] as const) {
      for (const valid of [true, false]) {
        stand.answer = (response) => response.end(ncanodeAnswer(valid, ['1a', '2b'], form));
        expect(await verifier().verify(signed)).to.deep.equal({
          kind: valid ? 'valid' : 'invalid',
          signers: [{ serial: '1a' }, { serial: '2b' }],
        });
      }
    }
  });

  it('tells of signers whose certificate is not there', async () => {
    const signers = [null, { certificates: [], tsp: null }];
    stand.answer = (response) => response.end(JSON.stringify({ valid: true, signers }));
    expect(await verifier().verify(signed)).to.deep.equal({
      kind: 'valid',
      signers: [{ serial: undefined }, { serial: undefined }],
    });
  });

  it('has no opinion where the service gives none', async () => {
    const answers: [number, string, string][] = [
      [200, '', 'malformed'],
      [200, 'OK', 'malformed'],
      [200, '{"valid":"true","signers":[]}', 'malformed'],
      [200, '{"valid":true}', 'malformed'],
      [200, `{"valid":true,"signers":[],"more":"${'x'.repeat(2 << 20)}"}`, 'malformed'],
      [400, '{"status":400,"message":"Bad CMS"}', 'refused'],
      [500, '{"status":500,"message":"Try again"}', 'unavailable'],
      [503, '', 'unavailable'],
    ];
    for (const [status, text, why] of answers) {
      stand.answer = (response) => response.writeHead(status).end(text);
      expect(await verifier().verify(signed), text.slice(0, 40)).to.deep.equal({
        kind: 'none',
        why,
      });
    }
  });

  it('follows nobody elsewhere with the document', async () => {
    stand.answer = (response) => response.writeHead(307, { location: '/elsewhere' }).end();
    expect(await verifier().verify(signed)).to.deep.equal({ kind: 'none', why: 'unavailable' });
    expect(stand.asked.map(({ path }) => path)).to.deep.equal(['/cms/verify']);
  });

  it('waits no longer than it may, for the answer or for its end', async () => {
    const unavailable = { kind: 'none', why: 'unavailable' };
    stand.answer = () => undefined;
    expect(await verifier(50).verify(signed)).to.deep.equal(unavailable);
    stand.answer = (response) => response.writeHead(200).write('{"valid":');
    expect(await verifier(50).verify(signed)).to.deep.equal(unavailable);
  });

  it('has no opinion where the connection breaks or nobody listens', async () => {
    const unavailable = { kind: 'none', why: 'unavailable' };
    stand.answer = (response) => response.destroy();
    expect(await verifier().verify(signed)).to.deep.equal(unavailable);
    const gone = verifier();
    await stand.stop();
    expect(await gone.verify(signed)).to.deep.equal(unavailable);
  });
});
