import type { ErrorObject } from "ajv/dist/2020.js";

const JUNCTORS = new Set(["oneOf", "anyOf"]);

/**
 * What a validator (with `verbose`) found, one line each: `/spec/nodeType: must be one of "A", "B"`.
 * What the branches of a `oneOf` or `anyOf` say stands in brackets behind it.
 */
export function findings(errors: readonly ErrorObject[], root = ""): string[] {
  const junctors = errors.filter((error) => JUNCTORS.has(error.keyword));
  const inside = (error: ErrorObject) => junctors.filter((one) => error.schemaPath.startsWith(`${one.schemaPath}/`));
  return errors
    .filter((error) => inside(error).length === 0 && error.propertyName === undefined)
    .map((error) => {
      const reasons = junctors.includes(error) ? errors.filter((one) => inside(one).at(-1) === error) : [];
      const detail = reasons.length === 0 ? "" : ` (${reasons.map((one) => line(one, root)).join("; ")})`;
      return line(error, root) + detail;
    });
}

function line(error: ErrorObject, root: string): string {
  return `${root}${error.instancePath || (root === "" ? "/" : "")}: ${text(error)}`;
}

function text({ keyword, params, schema, message = keyword }: ErrorObject): string {
  if (keyword === "additionalProperties") return `unknown field ${JSON.stringify(params.additionalProperty)}`;
  if (keyword === "propertyNames") return `malformed key ${JSON.stringify(params.propertyName)}`;
  if (keyword === "enum") {
    const allowed: unknown[] = params.allowedValues;
    return `must be one of ${allowed.map((value) => JSON.stringify(value)).join(", ")}`;
  }
  if (keyword === "not") return `must not match ${JSON.stringify(schema)}`;
  if (keyword === "type" && Array.isArray(schema)) return `must be ${schema.join(" or ")}`;
  const passing: number[] | null | undefined = params.passingSchemas;
  return passing === undefined || passing === null ? message : `${message}, but matches ${passing.length}`;
}
