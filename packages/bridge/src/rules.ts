import type { Rule } from "@plinth/core";

/** Rules about what a chart may carry and how its objects are ordered. */
export const BRIDGE = {
  validation: {
    code: "PL2001",
    rule: "A construct passes its own validation",
    cause: "The construct's author added this check with node.addValidation(); cdk8s runs it before it writes anything",
  },
  serializable: {
    code: "PL2002",
    rule: "An API object is made of plain values and Outputs in leaves",
    cause: "What cdk8s cannot serialise has no form in which an API server would take it",
    source: "cdk8s-team/cdk8s-core:src/_util.ts, sanitizeValue",
  },
  lostOutput: {
    code: "PL2003",
    rule: "Every Output that is given to a chart comes back in one of its objects",
    cause:
      "Generated classes copy the fields that they know and drop or take apart the rest, without an error: the object would be sent without the value",
    source: "cdk8s-team/cdk8s-cli, generated toJson_ functions",
  },
  strangeOutput: {
    code: "PL2004",
    rule: "A placeholder comes out of a chart as it went in",
    cause: "A placeholder that was cut, changed or belongs to another chart cannot be replaced by its value",
  },
  outputInKey: {
    code: "PL2005",
    rule: "Keys of maps are plain text",
    cause: "The keys of an object decide its shape, and a shape that is not known cannot be previewed or compared",
  },
  outputInIdentity: {
    code: "PL2006",
    rule: "apiVersion, kind, metadata.name and metadata.namespace are plain text that is known while the program runs",
    cause:
      "Kind and version are part of the Pulumi URN; a namespace that is not known cannot be made before its objects; a name that changes replaces the object",
  },
  outputInId: {
    code: "PL2007",
    rule: "Ids of constructs are plain text",
    cause: "Names of Pulumi resources and of Kubernetes objects are made of the construct path",
  },
  outputInText: {
    code: "PL2008",
    rule: "An Output is not turned into text by JavaScript",
    cause: "A template literal or a string operation gets Pulumi's help text instead of the value",
    source: "pulumi/pulumi:sdk/nodejs/output.ts, toString and toJSON",
  },
  cycle: {
    code: "PL2009",
    rule: "Objects do not depend on each other in a circle",
    cause: "There is no order in which they could be made",
  },
  otherApp: {
    code: "PL2010",
    rule: "A construct depends on constructs of its own cdk8s App",
    cause: "A component registers the objects of its own App only; the order to the other one's would be lost silently",
  },
  renderedOutput: {
    code: "PL2011",
    rule: "A rendered file holds plain values only",
    cause:
      "What is secret must not stand in a file, and what Pulumi learns later is not known when the file is written",
  },
  twice: {
    code: "PL2012",
    rule: "An object is emitted once",
    cause: "The second one takes over the first one's fields with every apply, and deleting either deletes both",
  },
  edited: {
    code: "PL2013",
    rule: "An edit leaves apiVersion and kind as they are and metadata.name and metadata.namespace plain text",
    cause: "The Pulumi resource has been given its type by then, and the order of objects is made of their names",
  },
  notJson: {
    code: "PL2014",
    rule: "Leaves are texts, finite numbers, booleans or null",
    cause: "JSON has no other values: functions and symbols vanish, NaN and infinities become null",
    source: "RFC 8259",
  },
  listInText: {
    code: "PL2015",
    rule: "An Output of a list stands where a list stands",
    cause: "Inside of a text a list is joined with commas, which no API reads as a list",
  },
  sameName: {
    code: "PL2016",
    rule: "Objects of one kind have paths that differ in more than Default and Resource",
    cause:
      "Those segments are left out of the names of Pulumi resources, and Pulumi refuses a second resource of one name",
    source: "pulumi/pulumi:pkg/resource/deploy/step_generator.go, duplicate resource URN",
  },
} as const satisfies Record<string, Rule>;
