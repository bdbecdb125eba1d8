import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backends, works } from "./detect.ts";
import { executeCommand } from "./execute.ts";
import { bareEnvironment, makeSample, type Sample } from "./sample-request.ts";

const working = new Map<string, boolean>();
for (const backend of backends) working.set(backend.kind, await works(backend));

let sample: Sample;
beforeEach(() => {
  sample = makeSample({ "make.py": "open('r.txt', 'w').write('42')\n" });
});
afterEach(() => {
  delete process.env["RUNG_ISOLATION"];
  delete process.env["RUNG_TEST_INHERITED"];
  sample.remove();
});

const stdout = async (line: string, more: Parameters<Sample["request"]>[1] = {}): Promise<string> => {
  const result = await executeCommand(sample.request({ run: line }, { scope: "room", ...more }));
  expect(result.run.errorTail).toBe("");
  return sample.text(result, "", "stdout").trim();
};

const kinds = backends.map((backend) => backend.kind).filter((kind) => kind !== "none");

describe.each(kinds)("a clean room with %s", (kind) => {
  const run = it.skipIf(working.get(kind) !== true);
  beforeEach(() => {
    process.env["RUNG_ISOLATION"] = kind;
  });
  run("runs a command in its tree, which is not where it was", async () => {
    const result = await executeCommand(
      sample.request({ run: "python make.py && pwd", outputs: ["r.txt"] }, { scope: "room" }),
    );
    expect(result.run).toMatchObject({ exitCode: 0, errorTail: "", missingOutputs: [] });
    expect(sample.text(result, "r.txt")).toBe("42");
    expect(sample.text(result, "", "stdout")).toBe("/home/room/project\n");
    expect(result.run.isolation).toMatchObject({ kind, scope: "room", network: false });
  });

  run("hides what lies beside the tree, the original tree, and temporary files of the host", async () => {
    fs.writeFileSync(path.join(sample.folder, "beside.csv"), "1");
    const line = `ls '${sample.folder}' '${sample.root}' '${sample.root}/make.py' 2>/dev/null; ls -A /tmp /var/tmp; true`;
    expect(await stdout(line)).toBe("/tmp:\n\n/var/tmp:");
  });

  run("hides the owner's home and gives an empty one", async () => {
    expect(await stdout("ls -A ~ && ls -A /home && echo x > ~/x && cat ~/x")).toBe("room\nrung\nx");
    const entries = fs.readdirSync(os.homedir()).filter((name) => name !== ".pyenv");
    const seen = await stdout(`ls -A '${os.homedir()}' 2>/dev/null || true`);
    expect(entries.filter((name) => seen.split("\n").includes(name))).toEqual([]);
  });

  run("inherits no variable", async () => {
    process.env["RUNG_TEST_INHERITED"] = "secret";
    const more = { variables: { DECLARED: "yes" } };
    const names = (await stdout("env", more)).split("\n").map((line) => line.split("=")[0] ?? "");
    const known = ["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "PYTHONNOUSERSITE", "DECLARED"];
    expect(names.filter((name) => !["PWD", "OLDPWD", "_", "SHLVL"].includes(name)).sort()).toEqual(
      known.sort(),
    );
  });

  run("has no network but loopback, and none of the host's processes", async () => {
    expect(
      await stdout("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '; ls /sys/class/net 2>/dev/null; true"),
    ).toBe("lo");
    const line = `python -c "
import socket
server = socket.create_server(('127.0.0.1', 0))
print(socket.create_connection(server.getsockname()) is not None)"; ls /proc | grep -c '^[0-9]'`;
    const [connected, processes] = (await stdout(line)).split("\n");
    expect(connected).toBe("True");
    expect(Number(processes)).toBeLessThan(10);
  });

  run("has the host's network where it is asked for", async () => {
    const line = "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' ' | sort";
    const host = fs.readFileSync("/proc/net/dev", "utf8").trim().split("\n").slice(2);
    const names = host.map((row) => row.split(":")[0]?.trim() ?? "").sort();
    expect((await stdout(line, { network: true })).split("\n")).toEqual(names);
  });

  run("has no mounts of the host's to reach, and no power to make any", async () => {
    const mounts = await stdout("cat /proc/self/mountinfo");
    const points = mounts.split("\n").map((row) => row.split(" ")[4]);
    expect(points.filter((point) => point?.startsWith("/work") || point?.includes("scratch"))).toEqual([]);
    expect(
      await stdout(
        "mount -t tmpfs none /tmp 2>/dev/null && echo mounted; umount /etc 2>/dev/null && echo off; true",
      ),
    ).toBe("");
  });

  run("shows none of what was put on this machine by hand, and no packages of its Pythons", async () => {
    const line = `ls /usr/local/bin /usr/local/share 2>/dev/null; for python in /usr/bin/python3 "$(dirname "$(realpath "$(command -v python)")")"/python3; do
      [ -x "$python" ] && "$python" -S -c 'import json, site, os; print([n for p in site.getsitepackages() if os.path.isdir(p) for n in os.listdir(p)])'
    done; true`;
    const prefix = path.join(sample.folder, "made");
    execFileSync("python3", ["-m", "venv", "--without-pip", prefix]);
    const bin = path.join(prefix, "bin");
    const environment = { ...bareEnvironment(), source: "spec" as const, prefix, binDirectory: bin };
    const seen = (await stdout(line, { environment }))
      .split("\n")
      .filter((row) => !/^(?:\[\]|.*:|)$/u.test(row));
    expect(seen).toEqual([]);
  });

  run("keeps the bare interpreter's own packages, since they are the environment", async () => {
    const line = `python -c "import pip; print(pip.__name__)"`;
    expect(await stdout(line)).toBe("pip");
  });

  run("names neither the machine nor its user, and keeps what programs need", async () => {
    const code = `import os, platform, pwd, socket, ssl
print(platform.node(), pwd.getpwuid(os.getuid()).pw_name, open("/etc/hosts").read().split()[:2])
print(socket.gethostbyname("localhost"), len(ssl.create_default_context().get_ca_certs()) > 0)
print([name for name in ("machine-id", "hostname~", "pip.conf", "timezone", "localtime", "ssh", "cron.d") if os.path.exists("/etc/" + name)])`;
    expect((await stdout(`python -c '${code}'`)).split("\n")).toEqual([
      "room room ['127.0.0.1', 'localhost']",
      "127.0.0.1 True",
      "[]",
    ]);
    expect(fs.readFileSync("/proc/sys/kernel/hostname", "utf8").trim()).toBe(os.hostname());
  });

  run("keeps the system's files and its own root from being written", async () => {
    const line =
      "for f in /x /usr/x /etc/x /home/room/../../x; do touch $f 2>/dev/null && echo wrote $f; done; cat /etc/shadow 2>/dev/null; true";
    expect(await stdout(line)).toBe("");
  });
});

it("refuses a clean room where there is no isolation", async () => {
  process.env["RUNG_ISOLATION"] = "none";
  const running = executeCommand(sample.request({ run: "true" }, { scope: "room" }));
  await expect(running).rejects.toMatchObject({ code: "ISOLATION_UNAVAILABLE" });
});
