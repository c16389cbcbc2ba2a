import type { LabContext } from "./part.js";

/** Says one step, with the seconds that it is expected to take and how far it is (0 to 1) where that is known. */
export type Say = (step: string, expectedSeconds?: number, fraction?: number) => void;

/** Reports the steps of one part. */
export function sayer({ report }: Pick<LabContext, "report">, part: string): Say {
  return (step, expectedSeconds, fraction) =>
    report({
      part,
      step,
      ...(expectedSeconds === undefined ? {} : { expectedSeconds }),
      ...(fraction === undefined ? {} : { fraction }),
    });
}
