/**
 * Writes a WebAssembly module byte by byte: as much of the binary format (WebAssembly 1.0, chapter
 * 5) as the hash and the field of the curves need. The module is made when the program loads, so there is no
 * binary file whose source one must trust, and integers in WebAssembly give the same results on
 * every machine.
 */

/** A piece of code: instructions in their binary form. */
export type Code = readonly number[];

/** A function over addresses and small numbers (`i32`) that gives nothing back. */
export type WasmFunction = {
  /** The others call it by its index, the program by this. */
  readonly name: string;
  readonly parameters: number;
  /** How many variables of 64 bits it has; they are numbered on from the parameters. */
  readonly locals: number;
  readonly body: Code;
};

/** What a module of these functions offers once it is running. */
export type WasmExports = {
  /** The module's memory. Its numbers are little-endian on every machine, so no typed array fits. */
  readonly memory: DataView;
  readonly functions: Readonly<Record<string, (...values: number[]) => void>>;
};

/** The part of the language's own library that is used; the compiler's list of it lacks it. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: Record<string, unknown> };
};

// The letters "\0asm" and the version 1.
const HEADER = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
// At least one page, at most one.
const ONE_PAGE = [1, 1, 1];
const I32 = 0x7f;
const I64 = 0x7e;
const FUNCTION = 0x60;
const END = 0x0b;

/** The instructions, each on 64-bit integers where nothing else is said. */
export const wasm = {
  get: (variable: number): Code => [0x20, ...unsigned(variable)],
  set: (variable: number): Code => [0x21, ...unsigned(variable)],
  tee: (variable: number): Code => [0x22, ...unsigned(variable)],
  constant: (value: number): Code => [0x42, ...signed(value)],
  /** A number of 32 bits, which an address is. */
  constant32: (value: number): Code => [0x41, ...signed(value)],
  call: (functionIndex: number): Code => [0x10, ...unsigned(functionIndex)],
  load: (offset: number): Code => [0x29, 3, ...unsigned(offset)],
  /** Writes a number; the address and the value are on the stack. */
  store: (offset: number): Code => [0x37, 3, ...unsigned(offset)],
  /** Reads a signed number of 32 bits; the address is on the stack. */
  load32: (offset: number): Code => [0x34, 2, ...unsigned(offset)],
  /** Writes the low 32 bits; the address and the value are on the stack. */
  store32: (offset: number): Code => [0x3e, 2, ...unsigned(offset)],
  /** Widens a signed number of 32 bits. */
  extend32: [0xac] as Code,
  /** Widens a number of 32 bits that is not below nought. */
  extendUnsigned32: [0xad] as Code,
  /** Leaves the low 32 bits. */
  wrap32: [0xa7] as Code,
  and32: [0x71] as Code,
  or32: [0x72] as Code,
  /** 1 if the first is less than the second, both taken as not below nought, as 32 bits. */
  isLessUnsigned: [0x54] as Code,
  add: [0x7c] as Code,
  subtract: [0x7d] as Code,
  multiply: [0x7e] as Code,
  exclusiveOr: [0x85] as Code,
  shiftLeft: [0x86] as Code,
  shiftRight: [0x88] as Code,
  shiftRightSigned: [0x87] as Code,
};

/** Joins pieces of code. */
export function code(...parts: readonly Code[]): Code {
  return parts.flat();
}

/** Compiles and starts a module with one page (64 KiB) of memory. */
export function startModule(functions: readonly WasmFunction[]): WasmExports {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(moduleOf(functions)));
  const { memory, ...rest } = instance.exports;
  return {
    memory: new DataView((memory as { buffer: ArrayBuffer }).buffer),
    functions: rest as WasmExports['functions'],
  };
}

function moduleOf(functions: readonly WasmFunction[]): Uint8Array {
  const types = functions.map(({ parameters }) => [
    FUNCTION,
    ...vector(Array.from({ length: parameters }, () => [I32])),
    ...vector([]),
  ]);
  const exports = functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]);
  const bodies = functions.map(({ locals, body }) =>
    sized([...vector([[...unsigned(locals), I64]]), ...body, END]),
  );
  return Uint8Array.from([
    ...HEADER,
    ...section(1, vector(types)),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(5, vector([ONE_PAGE])),
    ...section(7, vector([[...text('memory'), 2, 0], ...exports])),
    ...section(10, vector(bodies)),
  ]);
}

function section(id: number, content: Code): Code {
  return [id, ...sized(content)];
}

function sized(content: Code): Code {
  return [...unsigned(content.length), ...content];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function text(ascii: string): Code {
  return sized(Array.from(ascii, (character) => character.charCodeAt(0)));
}

/** LEB128, the variable length in which the format writes a number not below nought. */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** The same for a number of at most 32 bits with a sign. */
function signed(value: number): Code {
  const isLast = value >= -64 && value < 64;
  return isLast ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}
