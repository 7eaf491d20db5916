/**
 * Why the local network does not start, in words for whoever started it.
 *
 * `next` says what to do about it. Anything else that is thrown is a fault of ours.
 */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly next: string | undefined;

  constructor(message: string, next?: string) {
    super(message);
    this.next = next;
  }
}
