import { expect } from 'chai';
import { streebog256, streebog512 } from '../../../../chaincode/kernel/eds/streebog.ts';

describe('Streebog', () => {
  it('gives the digests of the first example of the standard', () => {
    const message = Buffer.from('0123456789'.repeat(6) + '012');
    expect(printed(streebog512(message))).to.equal(
      '486f64c1917879417fef082b3381a4e211c324f074654c38823a7b76f830ad00' +
        'fa1fbae42b1285c0352f227524bc9ab16254288dd6863dccd5b9f54a1ad0541b',
    );
    expect(printed(streebog256(message))).to.equal(
      '00557be5e584fd52a449b16b0251d05d27f94ab76cbaa6da890b59d8ef1e159d',
    );
  });

  it('gives the digests of the second example of the standard', () => {
    const message = Buffer.from(
      'fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2' +
        'f120fff0eeec20f120faf2fee5e2202ce8f6f3ede220e8e6eee1e8f0f2d1202c' +
        'e8f0f2e5e220e5d1',
      'hex',
    ).reverse();
    expect(printed(streebog512(message))).to.equal(
      '28fbc9bada033b1460642bdcddb90c3fb3e56c497ccd0f62b8a2ad4935e85f03' +
        '7613966de4ee00531ae60f3b5a47f8dae06915d5f2f194996fcabf2622e6881e',
    );
    expect(printed(streebog256(message))).to.equal(
      '508f7e553c06501d749a66fc28c6cac0b005746d97537fa85d9e40904efed29d',
    );
  });

  it('agrees with another implementation on every length up to four blocks', () => {
    // The digest of all digests of the lengths 0 to 259, as @li0ard/streebog 0.2.4 gave it.
    const lengths = Array.from({ length: 260 }, (_, length) => length);
    const all512 = Buffer.concat(lengths.map((length) => streebog512(sample(length))));
    const all256 = Buffer.concat(lengths.map((length) => streebog256(sample(length))));
    expect(hex(streebog512(all512))).to.equal(
      '4db0e25782a6744ad337c8c69ea40727fc9db6417b99f83610f464f0de67fae8' +
        '96d68ed33967a64dc71a1a56c56dfd87fce85b80cae58a4b3b1ec57a740192a4',
    );
    expect(hex(streebog256(all256))).to.equal(
      '81957e7e82ec9b5c40b119e44b25be2a2cc901bf7afd41913de9d82534bd589b',
    );
  });

  it('carries the sum of the blocks through all words', () => {
    // Also from @li0ard/streebog 0.2.4.
    expect(hex(streebog512(new Uint8Array(1000).fill(0xff)))).to.equal(
      'e9236ec515fd4c006746168fbdae42233b5ce3a1d9135820a4158225da4874cc' +
        '4cd5a1bd904687402f92d1e78c963f7ba5444e045d382b15ba1fcefe7d402bca',
    );
  });

  it('leaves the message alone and keeps nothing from one call to the next', () => {
    const message = sample(100);
    const first = hex(streebog512(message));
    streebog256(sample(70));
    expect(hex(streebog512(message))).to.equal(first);
    expect(message).to.deep.equal(sample(100));
  });
});

function sample(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i * i + length * 31 + (i >> 3));
}

/** The standard prints the most significant byte first. */
function printed(digest: Uint8Array): string {
  return hex(Uint8Array.from(digest).reverse());
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
