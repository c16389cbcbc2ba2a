import { readdir, readFile, readlink, rm } from "node:fs/promises";
import { join } from "node:path";
import { connect, readCloud, type Session } from "@plinth/clients";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedProviderNetwork, startFresh } from "../openstack/administration.js";
import type { LabContext, Part, ProgressEvent } from "../part.js";
import { labDirectory, paths } from "../paths.js";
import { testLabName } from "../test-support.js";
import { waitFor } from "../wait.js";
import { openstack, openstackDirectory, openstackWith } from "./openstack.js";

interface Named {
  readonly id: string;
  readonly name: string;
}
interface Server extends Named {
  readonly status: string;
  readonly addresses: Readonly<Record<string, readonly { readonly addr: string }[]>>;
  readonly "OS-EXT-AZ:availability_zone": string;
}

const name = testLabName("openstack");
const events: ProgressEvent[] = [];
const context: LabContext = {
  name,
  dir: labDirectory(paths().state, name),
  cache: paths().cache,
  report: (event) => events.push(event),
  port: () => Promise.reject(new Error("OpenStack chooses its ports itself")),
};
const dir = openstackDirectory(context);
const second = openstackWith({ name: "second", services: ["keystone"] });
const third = openstackWith({ name: "third", services: ["keystone"] });

const why = [
  ...(await openstack.missing(context)),
  ...(await openstack.systemPackages(context)).map((name) => `${name} is not installed`),
];

async function as(cloud: "lab" | "lab-member", part: Part = openstack): Promise<Session> {
  const env = await part.env(context);
  return connect(await readCloud(env.OS_CLIENT_CONFIG_FILE ?? "", cloud));
}

async function pids(): Promise<Record<string, string>> {
  const files = (await readdir(join(dir, "run"))).filter((file) => file.endsWith(".pid"));
  const texts = await Promise.all(files.map((file) => readFile(join(dir, "run", file), "utf8")));
  return Object.fromEntries(files.map((file, index) => [file, texts[index] ?? ""]));
}

/** Every process of OpenStack works in its folder. */
async function processesIn(folder: string): Promise<string[]> {
  const all = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  const places = await Promise.all(all.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => "")));
  return all.filter((_, index) => places[index]?.startsWith(folder));
}

async function clear(): Promise<void> {
  for (const part of [second, third, openstack]) await part.stop(context);
  await rm(context.dir, { recursive: true, force: true });
}

async function makeFlavor(admin: Session, name: string): Promise<string> {
  const flavor = { name, vcpus: 4, ram: 8192, disk: 50, "os-flavor-access:is_public": false };
  const made = await admin.post<{ flavor: Named }>("compute", "/flavors", { flavor });
  const access = { addTenantAccess: { tenant: admin.projectId } };
  await admin.post("compute", `/flavors/${made.flavor.id}/action`, access);
  return made.flavor.id;
}

async function bootServer(member: Session, flavor: string, zone: string, cidr: string): Promise<Server> {
  const network = await member.post<{ network: Named }>("network", "/networks", { network: { name: cidr } });
  const subnet = { network_id: network.network.id, ip_version: 4, cidr };
  await member.post("network", "/subnets", { subnet });
  const { images } = await member.get<{ images: Named[] }>("image", "/images?name=ubuntu-22-04-cloud-amd64");
  const server = {
    name: "worker",
    flavorRef: flavor,
    imageRef: images[0]?.id,
    networks: [{ uuid: network.network.id }],
    availability_zone: zone,
  };
  const { id } = (await member.post<{ server: Named }>("compute", "/servers", { server })).server;
  const settled = async () => {
    const { server } = await member.get<{ server: Server }>("compute", `/servers/${id}`);
    return server.status === "BUILD" ? undefined : server;
  };
  return waitFor(settled, { what: "the server to leave BUILD", seconds: 60 });
}

describe.skipIf(why.length > 0)(["a real OpenStack", ...why].join("; "), () => {
  beforeAll(async () => {
    await clear(); // what a run that was broken off has left
    await openstack.start(context);
  });

  afterAll(async () => {
    await clear();
  });

  test("is up, and said what it did", async () => {
    expect(await openstack.health(context)).toEqual({ state: "up" });
    expect(events[0]).toEqual({ part: "openstack", step: "making an OpenStack", expectedSeconds: 45 });
    expect(events.map(({ step }) => step)).toContain("making the schemas");
  });

  test("starting it again changes nothing", async () => {
    const before = await pids();
    expect(Object.keys(before)).toHaveLength(6);
    await openstack.start(context);
    expect(await pids()).toEqual(before);
  });

  test("a member boots a server in zone ru-3a, and in no zone that is not there", async () => {
    const [admin, member] = [await as("lab"), await as("lab-member")];
    expect(member.projectId).toBe(admin.projectId);
    const zones = await member.get("compute", "/os-availability-zone");
    expect(zones).toMatchObject({ availabilityZoneInfo: [{ zoneName: "ru-3a", zoneState: { available: true } }] });
    const flavor = await makeFlavor(admin, "c4m8d50");
    const server = await bootServer(member, flavor, "ru-3a", "192.168.50.0/24");
    expect(server).toMatchObject({ status: "ACTIVE", "OS-EXT-AZ:availability_zone": "ru-3a" });
    expect(server.addresses["192.168.50.0/24"]?.[0]?.addr).toMatch(/^192\.168\.50\.\d+$/);
    await expect(bootServer(member, flavor, "ru-9z", "192.168.51.0/24")).rejects.toMatchObject({ status: 400 });
  });

  test("a member is no administrator", async () => {
    const member = await as("lab-member");
    await expect(makeFlavor(member, "mine")).rejects.toMatchObject({ status: 403 });
    const network = { name: "out", "router:external": true };
    await expect(member.post("network", "/networks", { network })).rejects.toMatchObject({ status: 403 });
    await expect(member.post("identity", "/users", { user: { name: "u" } })).rejects.toMatchObject({ status: 403 });
  });

  test("the provider's network is made once, and belongs to the member's project", async () => {
    const made = await seedProviderNetwork(dir);
    expect(await seedProviderNetwork(dir)).toEqual(made);
    const member = await as("lab-member");
    expect(await member.get("network", `/networks/${made.networkId}`)).toMatchObject({
      network: { name: "k8s_l3vpn", project_id: member.projectId, subnets: [made.subnetId] },
    });
    expect(await member.get("network", `/subnets/${made.subnetId}`)).toMatchObject({
      subnet: {
        cidr: "192.168.200.0/24",
        gateway_ip: "192.168.200.1",
        allocation_pools: [{ start: "192.168.200.2", end: "192.168.200.251" }],
      },
    });
  });

  test("a router gets its gateway from the provider's external network", async () => {
    const member = await as("lab-member");
    const path = "/networks?router:external=true";
    const { networks } = await member.get<{ networks: Named[] }>("network", path);
    expect(networks.map(({ name }) => name)).toEqual(["external-network"]);
    const router = { name: "out", external_gateway_info: { network_id: networks[0]?.id } };
    const made = await member.post<{ router: { external_gateway_info: object } }>("network", "/routers", { router });
    expect(made.router.external_gateway_info).toMatchObject({
      external_fixed_ips: [{ ip_address: expect.stringMatching(/^203\.0\.113\.\d+$/) }],
    });
  });

  test("a service that died is noticed, and only that one is started", async () => {
    const before = await pids();
    process.kill(Number(before["neutron.pid"]?.split(" ")[0]), "SIGKILL");
    const failing = { state: "failing", reason: "neutron not running" };
    await expect.poll(() => openstack.health(context), { timeout: 60_000 }).toEqual(failing);
    await openstack.start(context);
    expect(await openstack.health(context)).toEqual({ state: "up" });
    const { "neutron.pid": was, ...others } = before;
    expect(await pids()).toMatchObject(others);
    expect((await pids())["neutron.pid"]).not.toBe(was);
  });

  test("a second OpenStack stands beside it", async () => {
    await second.start(context);
    expect(await second.health(context)).toEqual({ state: "up" });
    expect(await openstack.health(context)).toEqual({ state: "up" });
    const [there, here] = [await as("lab-member", second), await as("lab-member")];
    expect([...there.endpoints.keys()]).toEqual(["identity"]);
    expect(there.endpoints.get("identity")).not.toBe(here.endpoints.get("identity"));
    await second.stop(context);
    expect(await second.health(context)).toEqual({ state: "down" });
    expect(await openstack.health(context)).toEqual({ state: "up" });
  });

  test("an interrupted start leaves no process, and the next one makes up for it", async () => {
    const interruption = new AbortController();
    const report = ({ step }: ProgressEvent) => step === "making the schemas" && interruption.abort();
    const start = third.start({ ...context, report, signal: interruption.signal });
    await expect(start).rejects.toThrow(interruption.signal.reason);
    expect(await processesIn(openstackDirectory(context, "third"))).toEqual([]);
    expect(await third.health(context)).toEqual({ state: "down" });
    await third.start(context);
    expect(await third.health(context)).toEqual({ state: "up" });
    await third.stop(context);
  });

  test("a fresh start forgets what was made, keeps what was there, and works at once", async () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    await startFresh(dir);
    const [admin, member] = [await as("lab"), await as("lab-member")];
    // a host that has not reported for a minute gets no servers, and by itself Nova reports only after five seconds
    const hosts = await admin.get<{ services: { updated_at: string }[] }>(
      "compute",
      "/os-services?binary=nova-compute",
    );
    expect(Date.parse(`${hosts.services[0]?.updated_at}Z`)).toBeGreaterThanOrEqual(before);
    expect(await member.get("compute", "/servers")).toEqual({ servers: [] });
    const { networks } = await member.get<{ networks: Named[] }>("network", "/networks");
    expect(networks.map(({ name }) => name)).toEqual(["external-network"]);
    const server = await bootServer(member, await makeFlavor(admin, "c4m8d50"), "ru-3a", "192.168.50.0/24");
    expect(server.status).toBe("ACTIVE");
  });

  test("no service but Keystone, which logs each 404, has logged a traceback", async () => {
    const logs = (await readdir(join(dir, "log"))).filter((file) => file !== "keystone.log");
    const texts = await Promise.all(logs.map((file) => readFile(join(dir, "log", file), "utf8")));
    expect(logs.filter((_, index) => texts[index]?.includes("Traceback"))).toEqual([]);
  });

  test("stopping it leaves no process, and its data", async () => {
    expect((await processesIn(dir)).length).toBeGreaterThanOrEqual(6);
    await openstack.stop(context);
    expect(await processesIn(dir)).toEqual([]);
    expect(await openstack.health(context)).toEqual({ state: "down" });
    await openstack.stop(context);
    expect(await readdir(dir)).toContain("pristine");
  });
});
