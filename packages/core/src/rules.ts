import type { Rule } from "./errors.js";

/** Rules about values that all domains share: addresses and their plan, quantities, durations, names, fields, secrets. */
export const CORE = {
  address: {
    code: "PL1001",
    rule: "An address is an IPv4 address of four decimal numbers or an IPv6 address without zone",
    cause: "Other notations are read differently by Neutron, by the kernel and by CNI plug-ins",
  },
  octal: {
    code: "PL1002",
    rule: "The numbers of an IPv4 address have no leading zero",
    cause:
      "A leading zero is read as octal by some programs and as decimal by others: 010.0.0.1 is 8.0.0.1 or 10.0.0.1",
    source: "CVE-2021-29921, CVE-2021-28918",
  },
  cidr: {
    code: "PL1003",
    rule: "A CIDR is an address, a slash and a prefix length",
    cause: "Neutron refuses anything else, after the objects before it have been made",
    source: "openstack/neutron-lib:neutron_lib/api/validators/__init__.py",
  },
  hostBits: {
    code: "PL1004",
    rule: "The address of a CIDR is the first of its range: no bit behind the prefix is set",
    cause:
      "Neutron, the kernel and CNI plug-ins cut the bits off or refuse, so two places of one cloud mean different ranges",
  },
  overlap: {
    code: "PL1005",
    rule: "No two address ranges of a program overlap",
    cause:
      "A packet to an address in both goes to whichever route is longer; the other owner is unreachable, without an error",
  },
  quantity: {
    code: "PL1006",
    rule: "A quantity is a number with a Kubernetes suffix: Ki, Mi, Gi, Ti, k, M, G or T",
    cause: "Kubernetes reads 8G and 8Gi as different sizes, and OpenStack counts memory in MiB and disk in GiB",
    source: "kubernetes/apimachinery:pkg/api/resource/quantity.go",
  },
  duration: {
    code: "PL1007",
    rule: "A duration is written as Go does: 30s, 15m, 2h30m",
    cause: "Controllers parse it with Go's time.ParseDuration, which knows no days and no bare numbers",
    source: "golang/go:src/time/format.go",
  },
  name: {
    code: "PL1008",
    rule: "A name is short enough and made of the characters that every system it reaches accepts",
    cause: "Longer or other names are refused by the API server when half of the program has been applied",
    source: "kubernetes/apimachinery:pkg/util/validation/validation.go",
  },
  unknownField: {
    code: "PL1009",
    rule: "Only properties that the construct knows are given",
    cause: "A misspelt property would be left out silently and its default taken",
  },
  plainSecret: {
    code: "PL1010",
    rule: "A secret is a Pulumi Output, never a plain text in the program",
    cause: "A plain text stands in the source, in the state and in every log of the program",
  },
  mtu: {
    code: "PL1011",
    rule: "A maximum transmission unit is a whole number between 576 and 9216 bytes",
    cause: "Smaller ones break IPv4, larger ones are carried by no common switch",
    source: "RFC 791; RFC 8200",
  },
  poolExhausted: {
    code: "PL1012",
    rule: "A pool of addresses has room for every block that is taken from it",
    cause: "A block outside the pool would meet addresses of somebody else",
  },
  blockRequest: {
    code: "PL1013",
    rule: "A block is taken from a pool that is there, fits into it, and has a name of its own at its owner",
    cause: "Owner and name are the block's key in the lock file: two blocks of one key would change places",
  },
  addressLock: {
    code: "PL1014",
    rule: "The lock file of addresses is one that Plinth has written, without overlaps",
    cause: "A block that cannot be read from it would move, and what has its addresses would be replaced",
  },
  sameName: {
    code: "PL1015",
    rule: "Components of one kind have names of their own",
    cause: "Names and owners of what they make come from the component's name: both would claim the same objects",
  },
} as const satisfies Record<string, Rule>;
