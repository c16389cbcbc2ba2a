import { ownerHash, ownerText } from "@plinth/core";
import { expect, test } from "vitest";
import { type Checkpoint, type Operation, plain, type ResourceState } from "./checkpoint.js";
import { recovered, toRead } from "./edit.js";
import { leftovers } from "./leftovers.js";
import { type Decisions, type Finding, mustLook, planSteps } from "./plan.js";

const urn = (type: string, name: string): string => `urn:pulumi:dev::shop::${type}::${name}`;
const resource = (type: string, name: string, more: Partial<ResourceState> = {}): ResourceState => ({
  urn: urn(type, name),
  type,
  custom: true,
  inputs: { name },
  ...more,
});
const NETWORK = "openstack:networking/network:Network";
const network = (more: Partial<ResourceState> = {}) => resource(NETWORK, "net", more);
const creating = (of: ResourceState): Operation => ({ type: "creating", resource: of });
const deleting = (of: ResourceState): Operation => ({ type: "deleting", resource: of });

function checkpoint(operations: readonly Operation[], resources: readonly ResourceState[] = []): Checkpoint {
  return {
    version: 3,
    deployment: { manifest: { time: "2026-11-24T09:39:31Z" }, resources, pending_operations: operations },
  };
}

/** Plans with one finding for each operation. */
function plan(state: Checkpoint, findings: readonly Finding[], decisions: Decisions = {}) {
  const operations = state.deployment.pending_operations ?? [];
  const { steps, refusals } = planSteps(state, new Map(operations.map((each, i) => [each, findings[i]])), decisions);
  return { steps: steps.map(({ action, id }) => [action, id]), refusals, all: steps };
}

const ours = (...ids: string[]): Finding => ids.map((id) => ({ id, isOurs: true }));

test("what was made is imported, what was not is dropped", () => {
  expect(plan(checkpoint([creating(network())]), [ours("n1")]).steps).toEqual([["import", "n1"]]);
  expect(plan(checkpoint([creating(network())]), [ours()]).steps).toEqual([["drop", undefined]]);
});

test("what was half made is discarded", () => {
  const half = [{ id: "i1", isOurs: true, incomplete: "its data are not there" }];
  const { steps, all } = plan(checkpoint([creating(network())]), [half]);
  expect(steps).toEqual([["discard", "i1"]]);
  expect(recovered(checkpoint([creating(network())]), all).deployment.resources).toMatchObject([
    { id: "i1", outputs: { id: "i1" }, delete: true },
  ]);
});

test("what a later run has recorded, or made again, is not imported", () => {
  const state = checkpoint([creating(network())], [network({ id: "n2" })]);
  expect(plan(state, [ours("n2")]).all[0]).toMatchObject({ action: "drop", because: "it is recorded already" });
  expect(plan(state, [ours("n1", "n2")]).all[0]).toMatchObject({
    action: "drop",
    because: expect.stringMatching("again"),
  });
});

test("the old one of a replacement does not stand for the new one", () => {
  const state = checkpoint([creating(network())], [network({ id: "n1", delete: true })]);
  expect(plan(state, [ours("n1", "n2")]).steps).toEqual([["import", "n2"]]);
});

test("several of one owner are refused, until one is chosen", () => {
  const state = checkpoint([creating(network()), creating(network())]);
  const { steps, refusals } = plan(state, [ours("n1", "n2"), ours("n1", "n2")]);
  expect(steps).toEqual([]);
  expect(refusals).toMatchObject([{ code: "PL7007", path: "Network net" }]);
  const chosen = plan(state, [ours("n1", "n2"), ours("n1", "n2")], { import: { [network().urn]: "n1" } });
  expect([chosen.steps, chosen.refusals]).toEqual([[["import", "n1"]], []]);
});

test("what says no owner, and what nobody can look for, is refused, until something is said", () => {
  const state = checkpoint([creating(resource("aws:s3/bucket:Bucket", "b")), creating(network())]);
  const findings: readonly Finding[] = [undefined, [{ id: "n1", isOurs: false }]];
  expect(plan(state, findings).refusals).toMatchObject([
    { code: "PL7006", path: "Bucket b", fix: expect.stringContaining("<id>") },
    { code: "PL7006", path: "Network net", fix: expect.stringContaining("=n1") },
  ]);
  const said = { import: { [urn("aws:s3/bucket:Bucket", "b")]: "bucket" }, drop: [network().urn] };
  expect(plan(state, findings, said).steps).toEqual([
    ["import", "bucket"],
    ["drop", undefined],
  ]);
});

test("a decision about nothing is refused", () => {
  expect(plan(checkpoint([]), [], { drop: ["urn:x"] }).refusals).toMatchObject([
    { code: "PL7009", property: "drop", value: "urn:x" },
  ]);
});

test("deletions: what is gone is forgotten, what is there or cannot be seen is kept", () => {
  const net = network({ id: "n1" });
  const state = checkpoint([deleting(net)], [net]);
  expect(plan(state, [ours()]).steps).toEqual([["forget", "n1"]]);
  expect(plan(state, [ours("n1")]).steps).toEqual([["keep", "n1"]]);
  expect(plan(state, [undefined]).steps).toEqual([["keep", "n1"]]);
  expect(recovered(state, plan(state, [ours()]).all).deployment).toEqual({
    manifest: state.deployment.manifest,
    resources: [],
  });
  expect(recovered(state, plan(state, [ours("n1")]).all).deployment.resources).toEqual([net]);
});

test("what others need is not forgotten", () => {
  const net = network({ id: "n1" });
  const subnet = resource("openstack:networking/subnet:Subnet", "sub", { id: "s1", dependencies: [net.urn] });
  const state = checkpoint([deleting(net)], [net, subnet]);
  expect(recovered(state, plan(state, [ours()]).all).deployment.resources).toEqual([net, subnet]);
  const both = checkpoint([deleting(subnet), deleting(net)], [net, subnet]);
  expect(recovered(both, plan(both, [ours(), ours()]).all).deployment.resources).toEqual([]);
});

test("what was being changed is read; reading, importing and what is nothing outside the state is dropped", () => {
  const operations: readonly Operation[] = [
    { type: "updating", resource: network({ id: "n1" }) },
    { type: "reading", resource: network({ id: "n1" }) },
    { type: "importing", resource: network({ id: "n1" }) },
    creating(resource("pulumi:providers:openstack", "default")),
    creating(resource("shop:index:Component", "c", { custom: false })),
    deleting(resource("random:index/randomId:RandomId", "r", { id: "r1" })),
  ];
  const state = checkpoint(operations);
  expect(operations.filter(mustLook)).toEqual([]);
  const { steps, all } = plan(state, []);
  expect(steps.map(([action]) => action)).toEqual(["read", "drop", "drop", "drop", "drop", "drop"]);
  expect(toRead(all)).toEqual([network().urn]);
});

test("what is imported is recorded as the program describes it, secrets sealed, and read", () => {
  const sealed = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
  const user = resource("openstack:identity/user:User", "u", { inputs: { name: "u", password: sealed }, parent: "p" });
  const state = checkpoint([creating(user)]);
  const { all } = plan(state, [[{ id: "u1", isOurs: true, outputs: { __fieldManager: "m" } }]]);
  expect(recovered(state, all).deployment.resources).toEqual([
    { ...user, id: "u1", outputs: { name: "u", password: sealed, __fieldManager: "m" } },
  ]);
  expect(toRead(all)).toEqual([user.urn]);
});

test("secrets of a checkpoint that was exported with them are plain to read", () => {
  const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
  expect(plain({ a: [{ ...mark, plaintext: '{"b":"c"}' }], d: 1, e: { ...mark, ciphertext: "v1:x" } })).toEqual({
    a: [{ b: "c" }],
    d: 1,
    e: undefined,
  });
});

test("what has an owner of the stack's and is not recorded is listed, beside the recorded one or alone", () => {
  const net = network({ id: "n1", outputs: { id: "n1", name: "net" } });
  const owner = (of: string): string => ownerText({ project: "shop", stack: "dev", urn: of });
  const of = (id: string, text: string) => ({ type: NETWORK, id, name: id, owner: text });
  const gone = urn(NETWORK, "gone");
  const group = urn("openstack:compute/serverGroup:ServerGroup", "g");
  const pending = creating(resource("openstack:compute/serverGroup:ServerGroup", "g"));
  const found = leftovers(
    checkpoint([pending], [net]),
    [],
    [
      of("n1", owner(net.urn)),
      of("n2", owner(net.urn)),
      of("n3", owner(gone)),
      of("n4", ownerText({ project: "shop", stack: "prod", urn: gone })),
      of("g1", `g-${ownerHash({ project: "shop", stack: "dev", urn: group })}`),
      of("g2", "somebody-0123456789ab"),
    ],
  );
  expect(found.seconds).toMatchObject([{ id: "n2", of: { id: "n1" } }]);
  expect(found.strays).toEqual([
    { type: NETWORK, id: "n3", name: "n3" },
    { type: NETWORK, id: "g1", name: "g1", urn: group },
  ]);
  const deleted = recovered(checkpoint([], [net]), [], found.seconds).deployment.resources;
  // the provider deletes what the id in the outputs says
  expect(deleted).toEqual([net, { ...net, id: "n2", outputs: { name: "net", id: "n2" }, delete: true }]);
});
