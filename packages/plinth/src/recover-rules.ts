import type { Rule } from "@plinth/core";

/** Rules about recovering a stack after a crash. */
export const RECOVER = {
  stack: {
    code: "PL7001",
    rule: "The stack to recover is given, or selected in the folder of the project",
    cause: "Each stack has a lock and a state of its own",
  },
  lockHeld: {
    code: "PL7002",
    rule: "A stack is recovered when the process that holds its lock has ended",
    cause: "A run that is still going on makes and records objects; the state of both would be wrong",
    source: "pulumi/pulumi:pkg/backend/diy/lock.go",
  },
  lockElsewhere: {
    code: "PL7003",
    rule: "A lock is cleared on the host that set it",
    cause: "Whether a process of another host still runs cannot be seen from here",
    source: "pulumi/pulumi:pkg/backend/diy/lock.go",
  },
  lockUnread: {
    code: "PL7004",
    rule: "A lock that does not lie in a file is cleared by hand",
    cause: "Who set it, and whether that process still runs, is known to the backend alone",
  },
  survivors: {
    code: "PL7005",
    rule: "All processes of the run that died have ended",
    cause:
      "A provider that has lost its engine ends the requests that it has begun, and makes objects while they are looked for",
  },
  undecided: {
    code: "PL7006",
    rule: "Whether an interrupted creation made something is found out by the owner in the object, or said",
    cause: "What is neither imported nor known not to be there would be made a second time",
  },
  ambiguous: {
    code: "PL7007",
    rule: "One object has the owner of an interrupted creation",
    cause: "Only one of several can be recorded, and which one is in use is not seen from outside",
  },
  changed: {
    code: "PL7008",
    rule: "Nobody changes the state while it is recovered",
    cause: "What the other one recorded would be overwritten",
  },
  decision: {
    code: "PL7009",
    rule: "What is said about an interrupted creation names one that there is",
    cause: "A misspelt URN would leave the one that was meant undecided",
  },
  unreadable: {
    code: "PL7010",
    rule: "The clouds and clusters in which something was interrupted can be read",
    cause: "What cannot be seen cannot be told from what was never made",
  },
  stateUnread: {
    code: "PL7011",
    rule: "Pulumi can read the stack, once what a killed write has left is out of the way",
    cause: "A damaged disk, or a host that has lost its power, leaves files that only a person can replace",
    source: "pulumi/pulumi:pkg/backend/diy/state.go",
  },
  lockBroken: {
    code: "PL7012",
    rule: "A lock says who set it",
    cause:
      "No killed process leaves such a file, a host that loses its power may; whether its process still runs cannot be found out",
    source: "pulumi/pulumi:pkg/backend/diy/lock.go",
  },
} as const satisfies Record<string, Rule>;
