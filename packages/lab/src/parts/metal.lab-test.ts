import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "../lab.js";
import { running } from "../processes.js";
import { run } from "../run.js";
import { testLabName } from "../test-support.js";
import type { Machine } from "./metal/machine.js";
import { bootMachine, machinesOf, sshKey } from "./metal/machines.js";
import { knownNetwork } from "./metal/network.js";

const labs = ["metal-a", "metal-b"].map((name) => openLab({ name: testLabName(name) }));
const [lab, other] = labs as [Lab, Lab];
const context = { name: lab.name, dir: lab.dir, cache: lab.cache, report: () => {}, port: () => Promise.resolve(0) };
const part = lab.parts.find(({ name }) => name === "metal");
const why = [
  ...((await part?.missing(context)) ?? []),
  ...((await part?.systemPackages(context)) ?? []).map((name) => `${name} is not installed`),
];

const healthOf = async (which: Lab) => (await which.status()).find(({ name }) => name === "metal")?.health;

/** Devices as every program may use them. */
const NULL_DEVICES = "/dev/null 666 root root\n/dev/zero 666 root root\n/dev/tty 666 root root\n";

let first: Machine;
let second: Machine;

/** What of a lab the host sees: its network and its control groups. */
async function traces(which: Lab): Promise<readonly string[]> {
  const network = await knownNetwork(which.dir);
  if (network === undefined) return [];
  const groups = await Promise.all(
    (await readdir("/sys/fs/cgroup")).map((controller) =>
      readdir(join("/sys/fs/cgroup", controller)).catch(() => [] as string[]),
    ),
  );
  const [links, namespaces, mounts] = await Promise.all([
    run("ip", ["link", "show"]),
    run("ip", ["netns", "list"]),
    readFile("/proc/mounts", "utf8"),
  ]);
  return [
    ...(links.includes(`${network.hostInterface}@`) ? ["interface"] : []),
    ...(new RegExp(`^${network.namespace}\\b`, "m").test(namespaces) ? ["network namespace"] : []),
    ...(groups.flat().includes(network.groups) ? ["control group"] : []),
    ...(mounts.includes(which.dir) ? ["mount"] : []),
    ...((await which.processes()).length > 0 ? ["process"] : []),
  ];
}

for (const reason of why) console.warn(`skipped: ${reason}`);

describe.skipIf(why.length > 0)("machines", () => {
  beforeAll(async () => {
    for (const each of labs) await each.reset(); // what a run that was broken off has left
    for (const each of labs) expect(await each.up(["metal"])).toMatchObject([{ outcome: "started" }]);
    const boot = (name: string): Promise<Machine> => bootMachine(lab.dir, { name, memory: 512 });
    [first, second] = await Promise.all([boot("one"), boot("two")]);
  });

  afterAll(async () => {
    for (const each of labs) await each.reset();
  });

  it("are systems of their own, which reach each other", async () => {
    expect(first.address).not.toBe(second.address);
    expect(await first.exec("hostname; cat /proc/1/comm; systemctl --failed --plain --no-legend")).toBe(
      "one\nsystemd\n",
    );
    await first.exec(`ping -c 1 -W 2 ${second.address}`);
    expect(await second.exec("cat /sys/fs/cgroup/memory/memory.limit_in_bytes")).toBe(`${512 << 20}\n`);
    await first.write("/srv/file", "text");
    expect(await first.exec("cat /srv/file")).toBe("text");
    await expect(second.exec("cat /srv/file")).rejects.toThrow("No such file");
    expect(await first.exec("ctr --namespace k8s.io images ls -q")).toContain("registry.k8s.io/pause");
    expect(await first.exec("su nobody -s /bin/sh -c 'kubeadm version -o short'")).toMatch(/^v\d/);
  });

  it("take who has the lab's key in over SSH", async () => {
    const options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null"].flatMap((option) => ["-o", option]);
    const login = [...options, "-i", await sshKey(lab.dir), `root@${second.address}`];
    expect(await run("ssh", [...login, "hostname"])).toBe("two\n");
  });

  it("do not meet those of a lab beside it", async () => {
    const beside = await bootMachine(other.dir, { name: "one", memory: 512 });
    expect(beside.address).not.toBe(first.address);
    await expect(beside.exec(`ping -c 1 -W 1 ${first.address}`)).rejects.toThrow();
    await other.down(["metal"]);
    expect(await traces(other)).toEqual([]);
    expect(await healthOf(lab)).toEqual({ state: "up" });
  });

  it("reboot by themselves, and keep their disks", async () => {
    const before = await first.exec("cat /etc/machine-id; ps -o lstart= 1");
    await first.reboot();
    const after = await first.exec("cat /etc/machine-id; ps -o lstart= 1");
    expect(after.split("\n")[0]).toBe(before.split("\n")[0]);
    expect(after).not.toBe(before);
    expect(await first.exec("cat /srv/file")).toBe("text");
  });

  it("stay off when they are stopped, and come back when they are booted", async () => {
    await second.stop();
    await expect(second.exec("true")).rejects.toThrow("The machine two is off");
    expect(await healthOf(lab)).toEqual({ state: "up" });
    await second.boot();
    await second.exec("true");
  });

  it("are seen to have lost their power, and are brought up again", async () => {
    const supply = await running(lab.dir, "metal-one");
    process.kill(supply ?? 0, "SIGKILL");
    await expect.poll(() => healthOf(lab), { timeout: 60_000 }).toEqual({ state: "failing", reason: "one is off" });
    expect(await lab.up(["metal"])).toMatchObject([{ outcome: "started" }]);
    expect(await first.exec("cat /srv/file")).toBe("text");
  });

  it("find on their configuration drive what they shall do at their first boot", async () => {
    const machine = await bootMachine(lab.dir, {
      name: "server",
      memory: 512,
      subnet: { address: "192.168.9.7/24", router: "192.168.9.1" },
      configDrive: {
        metaData: { uuid: "5d1f7a0c-6d3a-4b8c-9c53-0a5f2c1f9b11", hostname: "server.novalocal" },
        userData: [
          "## template: jinja",
          "#cloud-config",
          "write_files: [{ path: /srv/id, content: '{{ instance_id }} {{ local_hostname }}' }]",
          "runcmd: [cp /srv/id /srv/copy]",
        ].join("\n"),
      },
    });
    await machine.exec("cloud-init status --wait", { seconds: 60 });
    expect(await machine.exec("cat /srv/copy")).toBe("5d1f7a0c-6d3a-4b8c-9c53-0a5f2c1f9b11 server");
    await machine.exec(`ping -c 1 -W 2 ${first.address}`); // over the router
    // cloud-init writes to the console, whose owner and mode systemd sets: of the machine, not of the host
    const devices = "stat -c '%n %a %U %G' /dev/null /dev/zero /dev/tty";
    expect(await run("bash", ["--norc", "-c", devices])).toBe(NULL_DEVICES);
    expect(await machine.exec(devices)).toBe(NULL_DEVICES);
    await machine.remove();
    expect((await machinesOf(lab.dir)).map(({ name }) => name)).toEqual(["one", "two"]);
  });

  it("leave nothing behind but their disks, and boot from these again", async () => {
    const all = await traces(lab);
    expect(all).toEqual(["interface", "network namespace", "control group", "process"]);
    await lab.down();
    expect(await traces(lab)).toEqual([]);
    expect(await healthOf(lab)).toEqual({ state: "down" });
    expect(await lab.up(["metal"])).toMatchObject([{ outcome: "started" }]);
    expect(await first.exec("cat /srv/file")).toBe("text");
  });
});
