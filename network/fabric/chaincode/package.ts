/**
 * A chaincode package as the lifecycle takes it: a gzipped tar of `metadata.json` and
 * `code.tar.gz`. Made of the same parts it has the same bytes, and so the same package id, on
 * every machine.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { packageType } from './builder.ts';

/** A package and the id by which peers know it. */
export type ChaincodePackage = {
  readonly label: string;
  readonly bytes: Buffer;
  /** `LABEL:SHA-256`. */
  readonly id: string;
};

/** What a package says of its chaincode. */
export type ChaincodeCode = {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the code that the organisations agree to run, where it is known. */
  readonly digest?: string | undefined;
};

/** Packs a chaincode. */
export function packageOf(code: ChaincodeCode): ChaincodePackage {
  const label = `${code.name}_${code.version}`;
  const { name, version, digest } = code;
  const inner = tarOf({ 'chaincode.json': JSON.stringify({ name, version, digest }) });
  const metadata = JSON.stringify({ path: '', type: packageType, label });
  const bytes = zipped(tarOf({ 'metadata.json': metadata, 'code.tar.gz': zipped(inner) }));
  return { label, bytes, id: `${label}:${createHash('sha256').update(bytes).digest('hex')}` };
}

/** Stored, not compressed: releases of zlib pack the same bytes differently. */
function zipped(bytes: Uint8Array): Buffer {
  return gzipSync(bytes, { level: 0 });
}

/** A tar of regular files; no times and owners, which would differ from machine to machine. */
function tarOf(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const bytes = Buffer.from(content);
    return [headerOf(name, bytes.length), bytes, Buffer.alloc(-bytes.length & 511)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
