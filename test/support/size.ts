/**
 * How many times a test that repeats itself does so: the small number in `npm test`, the full one
 * in `npm run test:long`.
 */
export function count(sizes: { readonly small: number; readonly full: number }): number {
  return process.env['KEPIL_TEST_SIZE'] === 'full' ? sizes.full : sizes.small;
}
