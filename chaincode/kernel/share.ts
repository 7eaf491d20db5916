/** A share of a property as the registers write it, `1/2`: more than nothing, the whole at most. */
import { z } from 'zod';

export const shareSchema = z
  .string()
  .regex(/^[1-9]\d{0,5}\/[1-9]\d{0,5}$/)
  .refine(isAtMostWhole);

function isAtMostWhole(text: string): boolean {
  const [parts = 0, of = 0] = text.split('/').map(Number);
  return parts <= of;
}
