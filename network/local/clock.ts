/**
 * The network's time: the machine's, shifted by a stated offset.
 *
 * Terms of thirty days are shown in minutes by moving the network and its clients together
 * (`--clock +30d`). Everything of the local network that asks for the time asks here.
 */

const msByUnit = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;

/** A century either way: more is a slip of the finger, and certificates would not bear it. */
const offsetMaxMs = 36_525 * msByUnit.d;

let offsetMs = 0;

/** Now, as the network sees it. */
export function networkNow(): Date {
  return new Date(Date.now() + offsetMs);
}

/** By how much the network's time is ahead of the machine's in this process. */
export function clockOffsetMs(): number {
  return offsetMs;
}

/** Shifts the network's time in this process. */
export function setClockOffsetMs(value: number): void {
  offsetMs = value;
}

/** Reads `+90d`, `-3h`, `+1d12h`, `0`; `undefined` for anything else. */
export function parseClockOffsetMs(text: string): number | undefined {
  if (text === '0') return 0;
  const match = /^([+-])((?:\d{1,6}[dhms])+)$/.exec(text);
  if (match === null) return undefined;
  const parts = (match[2] ?? '').match(/\d+[dhms]/g) ?? [];
  const total = parts.reduce((sum, part) => {
    const unit = part.slice(-1) as keyof typeof msByUnit;
    return sum + Number(part.slice(0, -1)) * msByUnit[unit];
  }, 0);
  if (total > offsetMaxMs) return undefined;
  return match[1] === '-' ? -total : total;
}
