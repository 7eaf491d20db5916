import { z } from 'zod';

/** A service of the state whose data a consent opens, as KDP names it. */
export const serviceName = z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{1,99}$/);
